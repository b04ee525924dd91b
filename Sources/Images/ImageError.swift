import Boundary

/// Why an image could not be read, converted or written.
public enum ImageError: Failure, Equatable {
  /// There is no file at the path.
  case missing(path: String)
  /// The file is there, but the system does not let it be read.
  case unreadable(path: String, reason: String)
  /// The file has no bytes.
  case empty(path: String)
  /// The file has more bytes than are ever read.
  case fileTooLarge(path: String, limit: Int)
  /// The first bytes are those of no format that is read.
  case unknownFormat(path: String, firstBytes: [UInt8])
  /// The file ends before its image does.
  case cutShort(path: String, format: ImageFormat, fileBytes: Int)
  /// The bytes are not what the format asks for; `reason` is the decoder's word for it.
  case damaged(path: String, format: ImageFormat, reason: String)
  /// The file may be sound, but it uses a part of the format that is not read.
  case unsupported(path: String, format: ImageFormat, found: String, expected: String)
  /// The decoded pixels would need more bytes than `limit`.
  case tooLarge(path: String, format: ImageFormat, height: Int, width: Int, limit: Int)
  /// The image declares more pixels than a file of its size can hold, which needs at least `needed` bytes.
  case beyondFile(path: String, format: ImageFormat, height: Int, width: Int, needed: Int, fileBytes: Int)
  /// An image cannot be converted to this number of channels.
  case unknownConversion(from: Int, to: Int)
  /// The image could not be written.
  case notWritable(path: String, reason: String)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .missing, .unreadable: .missingFile
    case .notWritable: .usage
    default: .badData
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .missing(let path):
      "cannot read the image '\(path)': there is no such file; check the path"
    case .unreadable(let path, let reason):
      "cannot read the image '\(path)': \(reason); name a file that may be read"
    case .empty(let path):
      "the image '\(path)' is empty, a PNG, TIFF or JPEG file was expected; fetch or export it again"
    case .fileTooLarge(let path, let limit):
      "the image '\(path)' has more than \(limit) bytes, which is as much as is read; cut it into smaller images"
    case .unknownFormat(let path, let firstBytes):
      "'\(path)' is not an image: a PNG, TIFF or JPEG file was expected, but it begins with the bytes "
        + "\(Self.hexadecimal(firstBytes)); convert it to one of these formats"
    case .cutShort(let path, let format, let fileBytes):
      "the \(format.rawValue) image '\(path)' is cut short: its data go on after the last of its "
        + "\(fileBytes) bytes; fetch or export it again"
    case .damaged(let path, let format, let reason):
      "the \(format.rawValue) image '\(path)' is damaged (\(reason)); fetch or export it again"
    case .unsupported(let path, let format, let found, let expected):
      "the \(format.rawValue) image '\(path)' cannot be read: expected \(expected), found \(found); "
        + "export it as an 8-bit RGB PNG"
    case .tooLarge(let path, let format, let height, let width, let limit):
      "the \(format.rawValue) image '\(path)' declares \(width) x \(height) pixels, which decode to more than "
        + "\(limit) bytes; cut it into smaller images"
    case .beyondFile(let path, let format, let height, let width, let needed, let fileBytes):
      "the \(format.rawValue) image '\(path)' declares \(width) x \(height) pixels, which take at least \(needed) bytes, "
        + "but the file has \(fileBytes): it is cut short or made to exhaust the memory; fetch or export it again"
    case .unknownConversion(let from, let to):
      "an image of \(from) channels cannot be converted to \(to) channels: only 1 (grey) and 3 (RGB) can be "
        + "asked for; use a model with one of these numbers of input channels"
    case .notWritable(let path, let reason):
      "cannot write the image '\(path)': \(reason); name an output in a folder that exists and can be written to"
    }
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: " ")
  }
}
