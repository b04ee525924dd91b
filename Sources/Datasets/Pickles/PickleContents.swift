import TensorCore

/// The arrays inside the value of a pickle, by the names that lead to them.
///
/// A dictionary names its values by its keys, a list or tuple by their positions, joined by `/`; lists and
/// tuples of numbers, also nested ones of equal lengths, are arrays themselves. The work is bounded by the
/// size of the file, however often its containers share each other.
struct PickleContents {
  /// One array, as it waits to be read.
  enum Stored {
    case elements(NumPyElements, PickleText)
    case numbers(NumericArray)
  }

  private(set) var entries: [ArrayEntry] = []
  private(set) var refused: [String: DatasetError] = [:]
  private(set) var stored: [String: Stored] = [:]
  private let machine: PickleMachine
  private var budget: Int

  private static let deepest = 32
  private static let leastBudget = 100_000

  /// Collects the arrays of a value.
  ///
  /// - Throws: `DatasetError.pickle` when containers are nested too deeply, contain themselves or multiply by
  ///   sharing, `DatasetError.duplicateArray` when two arrays would have one name.
  init(of value: PickleValue, in machine: PickleMachine, name: String) throws(DatasetError) {
    self.machine = machine
    // Four: a list may be looked at again by itself after it did not fit into a rectangle with its
    // neighbours.
    budget = 4 * machine.bytes.count + Self.leastBudget
    switch value {
    case .dictionary, .list, .tuple: try collect(value, named: nil, fileName: name, depth: 0)
    default: try collect(value, named: name, fileName: name, depth: 0)
    }
  }

  private mutating func collect(
    _ value: PickleValue, named name: String?, fileName: String, depth: Int
  ) throws(DatasetError) {
    try spend(1 + (name?.utf8.count ?? 0))
    guard depth < Self.deepest else { throw .pickle(.tooDeep(Self.deepest), file: machine.file) }
    func below(_ part: String) -> String { name.map { "\($0)/\(part)" } ?? part }
    switch value {
    case .dictionary(let dictionary):
      let pairs = machine.heap.dictionaries[dictionary]
      try spend(pairs.count)
      for (key, value) in try items(of: pairs) {
        try collect(value, named: below(key), fileName: fileName, depth: depth + 1)
      }
    case .list, .tuple:
      var numbers = PickledNumbers()
      if let extents = try extents(of: value, &numbers, depth: depth) {
        let array = numbers.array(of: extents)
        try add(array.shape, array.kind, .numbers(array), named: name ?? fileName)
      } else {
        for (index, value) in elements(of: value).enumerated() {
          try collect(value, named: below("\(index)"), fileName: fileName, depth: depth + 1)
        }
      }
    case .array(let array): try collect(machine.heap.arrays[array], named: name ?? fileName)
    case .integer, .real, .truth:
      var numbers = PickledNumbers()
      _ = numbers.append(value)
      let array = numbers.array(of: [])
      try add(array.shape, array.kind, .numbers(array), named: name ?? fileName)
    case .text, .none, .bytes, .global, .type: refuse(name ?? fileName, value.typeName)
    }
  }

  private mutating func collect(_ array: PickledArray, named name: String) throws(DatasetError) {
    guard let type = array.type, let layout = machine.heap.types[type].type, let text = array.elements else {
      refuse(name, array.type.map { machine.heap.types[$0].name } ?? "unknown")
      return
    }
    let location = ArrayLocation(file: machine.file, name: name)
    guard layout.byteCount(of: array.extents) != nil else {
      throw .array(.tooLarge(extents: array.extents), at: location)
    }
    let elements = NumPyElements(
      type: layout, extents: array.extents, isFortranOrder: array.isFortranOrder)
    try add(Shape(array.extents), layout.kind, .elements(elements, text), named: name)
  }

  private mutating func add(
    _ shape: Shape, _ kind: ElementKind, _ array: Stored, named name: String
  ) throws(DatasetError) {
    guard stored.updateValue(array, forKey: name) == nil else {
      throw .duplicateArray(name: name, file: machine.file)
    }
    entries.append(ArrayEntry(name: name, shape: shape, kind: kind))
  }

  private mutating func refuse(_ name: String, _ type: String) {
    refused[name] = .array(
      .unreadableType(type), at: ArrayLocation(file: machine.file, name: name))
  }

  private mutating func spend(_ amount: Int) throws(DatasetError) {
    budget -= amount
    if budget < 0 { throw .pickle(.tooLarge, file: machine.file) }
  }
}

// Containers.
extension PickleContents {
  /// The items of a dictionary, by name; of items with equal keys the last one holds, as in Python.
  private func items(
    of pairs: [(key: PickleValue, value: PickleValue)]
  ) throws(DatasetError) -> [(String, PickleValue)] {
    var items: [(String, PickleValue)] = []
    var places: [String: Int] = [:]
    for (key, value) in pairs {
      let name = try self.name(of: key)
      if let place = places[name] {
        items[place].1 = value
      } else {
        places[name] = items.count
        items.append((name, value))
      }
    }
    return items
  }

  private func name(of key: PickleValue) throws(DatasetError) -> String {
    switch key {
    case .text(let text), .bytes(let text):
      if text.place.count <= 256, let name = text.text(in: machine.bytes) { return name }
    case .integer(let number): return "\(number)"
    default: break
    }
    throw .pickle(.key(key.typeName), file: machine.file)
  }

  private func elements(of value: PickleValue) -> [PickleValue] {
    switch value {
    case .list(let list): machine.heap.lists[list]
    case .tuple(let tuple): machine.heap.tuples[tuple]
    default: []
    }
  }

  /// The extents of a list or tuple of numbers, whose numbers are appended; nothing when it is anything else.
  private mutating func extents(
    of value: PickleValue, _ numbers: inout PickledNumbers, depth: Int
  ) throws(DatasetError) -> [Int]? {
    guard depth < Self.deepest else { throw .pickle(.tooDeep(Self.deepest), file: machine.file) }
    let elements = elements(of: value)
    try spend(1 + elements.count)
    var inner: [Int]?
    for element in elements {
      let found: [Int]?
      switch element {
      case .list, .tuple: found = try extents(of: element, &numbers, depth: depth + 1)
      case .array(let array): found = scalar(machine.heap.arrays[array], &numbers)
      default: found = numbers.append(element) ? [] : nil
      }
      guard let found, inner == nil || inner == found else { return nil }
      inner = found
    }
    return [elements.count] + (inner ?? [])
  }

  /// The extents of a NumPy scalar, whose number is appended; nothing for any other array.
  private func scalar(_ array: PickledArray, _ numbers: inout PickledNumbers) -> [Int]? {
    guard array.extents.isEmpty, let type = array.type, let layout = machine.heap.types[type].type,
      let bytes = array.elements, bytes.place.count <= 16, let content = bytes.bytes(in: machine.bytes),
      let number = try? NumPyElements(type: layout, extents: [], isFortranOrder: false)
        .array(of: content[...], at: ArrayLocation(file: machine.file))
    else { return nil }
    numbers.append(number)
    return []
  }
}
