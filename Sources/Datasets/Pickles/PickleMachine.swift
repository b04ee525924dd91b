import Archives

/// Carries out the instructions of a pickle on a stack, building plain values only.
///
/// Nothing is imported, called or instantiated: a global that is not one of `PickleGlobal` ends the reading.
/// Memory is bounded, since every instruction pushes at most one value, long runs of bytes stay where they
/// are, and instructions are counted.
struct PickleMachine {
  let file: String
  let bytes: [UInt8]
  var heap = PickleHeap()
  private var reader: ByteReader
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var start = 0
  private var instructions = 0

  /// Each instruction takes at most some fifty bytes of memory; real data come in few of them.
  private static let mostInstructions = 1 << 25

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    reader = ByteReader(bytes)
  }

  /// Runs to the end and gives the one value that remains.
  ///
  /// - Throws: `DatasetError.pickle` for anything damaged, forbidden or unknown.
  mutating func run() throws(DatasetError) -> PickleValue {
    guard bytes.first == PickleOpcode.protocolVersion.rawValue, bytes.count > 1 else {
      throw .pickle(.noProtocol, file: file)
    }
    guard (2...5).contains(bytes[1]) else { throw .pickle(.version(Int(bytes[1])), file: file) }
    while true {
      start = reader.position
      let code = try need(reader.byte())
      instructions += 1
      guard instructions <= Self.mostInstructions else {
        throw .pickle(.tooLarge, file: file)
      }
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw .pickle(.instruction(PickleProblem.name(of: code), offset: start), file: file)
      }
      if opcode == .stop { break }
      try perform(opcode)
    }
    guard stack.count == 1, marks.isEmpty, let result = stack.last else {
      throw malformed("it ends with \(stack.count) values instead of one")
    }
    guard reader.remaining == 0 else {
      throw .pickle(.trailing(byteCount: reader.remaining), file: file)
    }
    return result
  }

  private mutating func perform(_ opcode: PickleOpcode) throws(DatasetError) {
    switch opcode {
    case .protocolVersion: _ = try need(reader.byte())
    case .frame:
      guard try need(reader.length(8)) <= reader.remaining else { throw cut }
    case .mark: marks.append(stack.count)
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .duplicate: push(try top())
    case .none, .newTrue, .newFalse, .integer1, .integer2, .integer4, .long1, .long4, .float:
      push(try scalar(opcode))
    case .shortText, .text, .text8, .shortBytes, .bytes, .bytes8, .byteArray8, .shortOldString, .oldString:
      push(try run(opcode))
    case .emptyTuple, .tuple1, .tuple2, .tuple3, .tuple, .emptyList, .list, .emptyDictionary, .dictionary:
      push(try container(opcode))
    case .append, .appends, .setItem, .setItems: try fill(opcode)
    case .global, .stackGlobal: push(.global(try global(opcode)))
    case .reduce:
      let arguments = try pop()
      push(try reduce(try pop(), arguments))
    case .build:
      let state = try pop()
      try build(try top(), state)
    case .put1, .put4, .memoize, .get1, .get4: try remember(opcode)
    case .stop: break
    }
  }

  private mutating func scalar(_ opcode: PickleOpcode) throws(DatasetError) -> PickleValue {
    switch opcode {
    case .newTrue: return .truth(true)
    case .newFalse: return .truth(false)
    case .integer1: return .integer(Int(try need(reader.number(1))))
    case .integer2: return .integer(Int(try need(reader.number(2))))
    case .integer4:
      return .integer(Int(Int32(truncatingIfNeeded: try need(reader.number(4)))))
    case .long1: return .integer(try long(byteCount: try need(reader.length(1))))
    case .long4: return .integer(try long(byteCount: try need(reader.length(4))))
    case .float: return .real(Double(bitPattern: try need(reader.number(8)).byteSwapped))
    default: return .none
    }
  }

  /// A signed number of any number of bytes, lowest first.
  private mutating func long(byteCount: Int) throws(DatasetError) -> Int {
    let place = try need(reader.range(byteCount))
    guard byteCount <= 8 else { throw malformed("it holds an integer of \(byteCount) bytes, more than 8") }
    guard let last = bytes[place].last else { return 0 }
    var value = last >= 0x80 ? -1 : 0
    for byte in bytes[place].reversed() { value = value << 8 | Int(byte) }
    return value
  }

  private mutating func run(_ opcode: PickleOpcode) throws(DatasetError) -> PickleValue {
    let width =
      switch opcode {
      case .shortText, .shortBytes, .shortOldString: 1
      case .text8, .bytes8, .byteArray8: 8
      default: 4
      }
    let count = try need(reader.length(width))
    let run = PickleText(place: try need(reader.range(count)))
    switch opcode {
    case .shortText, .text, .text8: return .text(run)
    default: return .bytes(run)
    }
  }

  private mutating func container(_ opcode: PickleOpcode) throws(DatasetError) -> PickleValue {
    switch opcode {
    case .emptyList: return newList([])
    case .list: return newList(try popToMark())
    case .emptyDictionary: return newDictionary([])
    case .dictionary: return newDictionary(try pairs(try popToMark()))
    case .tuple1: return newTuple(try pop(1))
    case .tuple2: return newTuple(try pop(2))
    case .tuple3: return newTuple(try pop(3))
    case .tuple: return newTuple(try popToMark())
    default: return newTuple([])
    }
  }

  private mutating func fill(_ opcode: PickleOpcode) throws(DatasetError) {
    let items =
      switch opcode {
      case .append: try pop(1)
      case .setItem: try pop(2)
      default: try popToMark()
      }
    switch (opcode, try top()) {
    case (.append, .list(let list)), (.appends, .list(let list)): heap.lists[list] += items
    case (.setItem, .dictionary(let dictionary)), (.setItems, .dictionary(let dictionary)):
      heap.dictionaries[dictionary] += try pairs(items)
    default: throw malformed("it adds items to something that is no list or dictionary")
    }
  }

  private mutating func global(_ opcode: PickleOpcode) throws(DatasetError) -> PickleGlobal {
    let module: String?
    let name: String?
    if opcode == .global {
      module = PickleText(place: try need(reader.line())).text(in: bytes)
      name = PickleText(place: try need(reader.line())).text(in: bytes)
    } else {
      guard case .text(let last) = try pop(), case .text(let first) = try pop() else {
        throw malformed("it names a global by something that is no text")
      }
      module = first.text(in: bytes)
      name = last.text(in: bytes)
    }
    guard let module, let name else { throw malformed("it names a global by something that is no text") }
    guard let global = PickleGlobal(module: module, name: name) else {
      throw .pickle(.forbidden("\(module).\(name)"), file: file)
    }
    return global
  }

  private mutating func remember(_ opcode: PickleOpcode) throws(DatasetError) {
    switch opcode {
    case .put1: memo[try need(reader.length(1))] = try top()
    case .put4: memo[try need(reader.length(4))] = try top()
    case .memoize: memo[memo.count] = try top()
    default:
      guard let value = memo[try need(reader.length(opcode == .get1 ? 1 : 4))] else {
        throw malformed("it fetches a value that it never stored")
      }
      push(value)
    }
  }
}

// The stack.
extension PickleMachine {
  private mutating func push(_ value: PickleValue) { stack.append(value) }

  /// The topmost value above the last mark.
  private func top() throws(DatasetError) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw malformed("it takes a value from an empty stack")
    }
    return value
  }

  private mutating func pop() throws(DatasetError) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func pop(_ count: Int) throws(DatasetError) -> [PickleValue] {
    guard stack.count - (marks.last ?? 0) >= count else {
      throw malformed("it takes a value from an empty stack")
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(DatasetError) -> [PickleValue] {
    guard let mark = marks.popLast() else {
      throw malformed("it takes values up to a mark that is not there")
    }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private func pairs(_ items: [PickleValue]) throws(DatasetError) -> [(key: PickleValue, value: PickleValue)]
  {
    guard items.count.isMultiple(of: 2) else {
      throw malformed("it gives a dictionary a key without a value")
    }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  private mutating func newList(_ items: [PickleValue]) -> PickleValue {
    heap.lists.append(items)
    return .list(heap.lists.count - 1)
  }

  private mutating func newTuple(_ items: [PickleValue]) -> PickleValue {
    heap.tuples.append(items)
    return .tuple(heap.tuples.count - 1)
  }

  private mutating func newDictionary(_ items: [(key: PickleValue, value: PickleValue)]) -> PickleValue {
    heap.dictionaries.append(items)
    return .dictionary(heap.dictionaries.count - 1)
  }

  private func need<Value>(_ value: Value?) throws(DatasetError) -> Value {
    guard let value else { throw cut }
    return value
  }

  private var cut: DatasetError { .pickle(.cutShort(offset: start), file: file) }

  func malformed(_ what: String) -> DatasetError {
    .pickle(.malformed(what, offset: start), file: file)
  }
}
