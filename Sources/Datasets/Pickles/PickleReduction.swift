// What the permitted globals stand for.
extension PickleMachine {
  /// The value that a permitted global stands for with these arguments.
  mutating func reduce(_ callable: PickleValue, _ arguments: PickleValue) throws(DatasetError) -> PickleValue
  {
    guard case .global(let global) = callable, case .tuple(let tuple) = arguments else {
      throw malformed("it calls something that is no function")
    }
    let arguments = heap.tuples[tuple]
    switch global {
    case .reconstruct:
      guard case .global(.arrayClass) = arguments.first else {
        throw malformed("it reconstructs something that is no array")
      }
      return newArray(PickledArray())
    case .type: return try type(arguments)
    case .scalar: return try scalar(arguments)
    case .fromBuffer: return try buffer(arguments)
    case .encode: return try encoded(arguments)
    case .emptyBytes where arguments.isEmpty: return .bytes(PickleText(place: 0..<0))
    case .emptyBytes, .arrayClass: throw malformed("it makes bytes or an array in an unknown way")
    }
  }

  /// Gives an array or an element type the state that follows its making.
  mutating func build(_ target: PickleValue, _ state: PickleValue) throws(DatasetError) {
    guard case .tuple(let tuple) = state else { throw malformed("it gives an object an unknown state") }
    let state = heap.tuples[tuple]
    switch target {
    case .array(let array): heap.arrays[array] = try arrayState(state)
    case .type(let type): try setOrder(of: type, state)
    default: throw malformed("it gives state to something that has none")
    }
  }

  /// `(version, shape, type, isFortranOrder, elements)`.
  private func arrayState(_ state: [PickleValue]) throws(DatasetError) -> PickledArray {
    guard state.count == 5, case .type(let type) = state[2], case .truth(let isFortranOrder) = state[3] else {
      throw malformed("it gives an array an unknown state")
    }
    var array = PickledArray(extents: try extents(state[1]), type: type, isFortranOrder: isFortranOrder)
    if case .bytes(let elements) = state[4] { array.elements = elements }
    return array
  }

  /// `(version, byte order, ...)`: what follows describes structured types, which are refused by their name.
  private mutating func setOrder(of type: Int, _ state: [PickleValue]) throws(DatasetError) {
    guard state.count >= 2, let order = string(state[1]), order.count == 1 else {
      throw malformed("it gives an element type an unknown state")
    }
    let bare = heap.types[type].name.drop { "<>|=".contains($0) }
    heap.types[type].type = NumPyType(order + bare)
  }

  private mutating func type(_ arguments: [PickleValue]) throws(DatasetError) -> PickleValue {
    guard let first = arguments.first, let name = string(first) else {
      throw malformed("it makes an element type without a name")
    }
    heap.types.append(PickledType(name: name, type: NumPyType(name)))
    return .type(heap.types.count - 1)
  }

  private mutating func scalar(_ arguments: [PickleValue]) throws(DatasetError) -> PickleValue {
    guard arguments.count == 2, case .type(let type) = arguments[0] else {
      throw malformed("it makes a number in an unknown way")
    }
    var array = PickledArray(type: type)
    if case .bytes(let elements) = arguments[1] { array.elements = elements }
    return newArray(array)
  }

  private mutating func buffer(_ arguments: [PickleValue]) throws(DatasetError) -> PickleValue {
    guard arguments.count == 4, case .bytes(let elements) = arguments[0],
      case .type(let type) = arguments[1], let order = string(arguments[3]), order == "C" || order == "F"
    else { throw malformed("it makes an array from a buffer in an unknown way") }
    return newArray(
      PickledArray(
        extents: try extents(arguments[2]), type: type, isFortranOrder: order == "F", elements: elements))
  }

  private func encoded(_ arguments: [PickleValue]) throws(DatasetError) -> PickleValue {
    guard arguments.count == 2, case .text(let text) = arguments[0], string(arguments[1]) == "latin1" else {
      throw malformed("it turns text into bytes in an unknown way")
    }
    return .bytes(PickleText(place: text.place, encoding: .latin1))
  }

  private mutating func newArray(_ array: PickledArray) -> PickleValue {
    heap.arrays.append(array)
    return .array(heap.arrays.count - 1)
  }

  /// The most axes that NumPy itself allows.
  private static var mostAxes: Int { 64 }

  private func extents(_ value: PickleValue) throws(DatasetError) -> [Int] {
    guard case .tuple(let tuple) = value, heap.tuples[tuple].count <= Self.mostAxes else {
      throw malformed("it gives an array a shape that is no tuple of at most \(Self.mostAxes) extents")
    }
    var extents: [Int] = []
    for item in heap.tuples[tuple] {
      guard case .integer(let extent) = item, extent >= 0 else {
        throw malformed("it gives an array an extent that is no whole number")
      }
      extents.append(extent)
    }
    return extents
  }

  /// A short text, which Python 2 wrote as bytes.
  private func string(_ value: PickleValue) -> String? {
    switch value {
    case .text(let text), .bytes(let text): text.place.count <= 64 ? text.text(in: bytes) : nil
    default: nil
    }
  }
}
