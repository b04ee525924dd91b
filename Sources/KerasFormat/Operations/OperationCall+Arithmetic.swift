import Networks
import TensorCore

extension OperationCall {
  /// An operation on two tensors, or on one and a constant.
  func arithmetic(_ kind: MergeLayer.Kind) throws(KerasFormatError) -> [any Layer] {
    let first = operand(0, ["x", "x1", "a", "value"])
    let second = operand(1, ["y", "x2", "b", "bias"])
    switch (first, second) {
    case (.tensor, .tensor):
      guard source.inputs.count == 2, source.inputs[0].rank == source.inputs[1].rank else {
        throw unsupported(
          "operands of", source.inputs.map(\.item).joined(separator: " and "),
          hint: "give both the same number of axes, by a Reshape layer")
      }
      return [MergeLayer(kind)]
    case (.list(let parts), nil) where parts.count == 2:
      return [MergeLayer(kind)]
    case (.tensor, let other?):
      return [ConstantArithmeticLayer(kind, constant: try constant(other))]
    case (let other?, .tensor):
      return [ConstantArithmeticLayer(kind, constant: try constant(other), isFirst: true)]
    default:
      throw unsupported(
        "operands", "that are not two", hint: "apply it to two tensors, or to one and a constant")
    }
  }

  /// The product with -1.
  func negation() throws(KerasFormatError) -> [any Layer] {
    let ones = Array(repeating: 1, count: source.inputs[0].rank)
    return [ConstantArithmeticLayer(.multiply, constant: Tensor(Shape(ones), repeating: -1))]
  }

  /// A constant operand with as many axes as the input.
  private func constant(_ argument: CallArgument) throws(KerasFormatError) -> Tensor {
    guard let value = argument.constant, let (extents, numbers) = Self.numbers(in: value, depth: 0) else {
      throw unsupported("an operand", "that is neither a tensor nor numbers", hint: "make it a constant")
    }
    let rank = source.inputs[0].rank
    guard numbers.allSatisfy(\.isFinite), !numbers.isEmpty else {
      throw unsupported("a constant", "without numbers, or with infinite ones", hint: "save the model again")
    }
    guard extents.count <= rank, extents.count < rank || extents[0] == 1 else {
      throw unsupported(
        "a constant of shape", extents.map(String.init).joined(separator: "x"),
        hint: "give it no more axes than an item has")
    }
    let shape = Shape(Array(repeating: 1, count: rank - extents.count) + extents)
    return Tensor(shape, numbers.map { Float($0) })
  }

  /// The numbers of nested lists of equal lengths.
  private static func numbers(in value: JSONValue, depth: Int) -> (extents: [Int], numbers: [Double])? {
    if let number = value.realNumber { return ([], [number]) }
    guard let elements = value.elements, depth < 8 else { return nil }
    var extents: [Int]?
    var numbers: [Double] = []
    for element in elements {
      guard let (inner, more) = Self.numbers(in: element, depth: depth + 1), extents ?? inner == inner else {
        return nil
      }
      extents = inner
      numbers += more
    }
    return ([elements.count] + (extents ?? []), numbers)
  }
}
