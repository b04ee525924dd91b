/// What is wrong with a pickle.
public enum PickleProblem: Sendable, Hashable {
  /// The file does not begin with a protocol version.
  case noProtocol
  /// The protocol is not one of 2 to 5.
  case version(Int)
  /// The file ends within the instruction at an offset.
  case cutShort(offset: Int)
  /// Something follows the end of the pickle.
  case trailing(byteCount: Int)
  /// The pickle asks for a function or class that is not allowed.
  case forbidden(String)
  /// The pickle holds an instruction that is not allowed.
  case instruction(String, offset: Int)
  /// The instructions make no sense.
  case malformed(String, offset: Int)
  /// A dictionary has a key that is no name.
  case key(String)
  /// Containers are nested more deeply than this.
  case tooDeep(Int)
  /// The contents multiply beyond the size of the file.
  case tooLarge

  /// The name of an instruction that is not carried out, such as `PERSID`, or its number.
  static func name(of code: UInt8) -> String { names[code] ?? "0x" + String(code, radix: 16) }

  private static let names: [UInt8: String] = [
    0x46: "FLOAT", 0x49: "INT", 0x4c: "LONG", 0x53: "STRING", 0x56: "UNICODE", 0x67: "GET", 0x70: "PUT",
    0x50: "PERSID", 0x51: "BINPERSID", 0x69: "INST", 0x6f: "OBJ", 0x81: "NEWOBJ", 0x92: "NEWOBJ_EX",
    0x82: "EXT1", 0x83: "EXT2", 0x84: "EXT4", 0x8f: "EMPTY_SET", 0x90: "ADDITEMS", 0x91: "FROZENSET",
    0x97: "NEXT_BUFFER", 0x98: "READONLY_BUFFER",
  ]
}
