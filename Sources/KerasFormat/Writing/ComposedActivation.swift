import TensorCore

extension Activation {
  /// Simple layers of Keras that together give a function for which Keras 2 and 3 have no common name; `nil` where there are none.
  ///
  ///     hard_sigmoid(x) = min(relu(s x + 1/2), 1)            hard_silu(x) = x hard_sigmoid(x)
  ///     hard_tanh(x) = min(relu(x + 1), 2) - 1               sparse_sigmoid(x) = min(relu(x / 2 + 1/2), 1)
  ///     soft_shrink(x) = relu(x - t) - relu(-x - t)          hard_shrink(x) = x [x > t] - (-x) [-x > t]
  ///     tanh_shrink(x) = x - tanh(x)                         log_sigmoid(x) = -softplus(-x)
  ///     sparse_plus(x) = u^2 / 4 + relu(x - 1), u = min(relu(x + 1), 2)
  ///     gelu(x) = x (tanh(sqrt(2 / pi) (x + 0.044715 x^3)) / 2 + 1/2)
  var composition: WrittenComposition? {
    switch self {
    case .hardSigmoid(let slope):
      return WrittenComposition([.rescaling(Double(slope), 0.5), .rectifier(upTo: 1)])
    case .sparseSigmoid: return WrittenComposition([.rescaling(0.5, 0.5), .rectifier(upTo: 1)])
    case .hardTanh: return WrittenComposition([.rescaling(1, 1), .rectifier(upTo: 2), .rescaling(1, -1)])
    case .logSigmoid: return WrittenComposition([.rescaling(-1), .activation("softplus"), .rescaling(-1)])
    case .hardSilu, .tanhShrink, .gelu(approximate: true), .sparsePlus: return product
    case .softShrink(let threshold):
      let offset = -Double(threshold)
      return Self.difference([
        [.rescaling(1, offset), .activation("relu")], [.rescaling(-1, offset), .activation("relu")],
      ])
    case .hardShrink(let threshold) where threshold >= 0:
      let cut = WrittenLayer(
        "ReLU",
        ["threshold": .number(Double(threshold)), "negative_slope": .number(0), "max_value": .null])
      return Self.difference([[cut], [.rescaling(-1), cut]])
    default: return nil
    }
  }

  /// Functions in which the input meets a function of itself.
  private var product: WrittenComposition? {
    var result = WrittenComposition()
    let input = WrittenComposition.Operand.input(0)
    switch self {
    case .hardSilu:
      let gate = result.add([.rescaling(1.0 / 6, 0.5), .rectifier(upTo: 1)], after: input)
      result.add(WrittenLayer("Multiply"), after: [input, gate])
    case .tanhShrink:
      result.add(WrittenLayer("Subtract"), after: [input, result.add(.activation("tanh"), after: [input])])
    case .gelu(approximate: true):
      let slope = (2 / Double.pi).squareRoot()
      let square = result.add(WrittenLayer("Multiply"), after: [input, input])
      let bent = result.add(.rescaling(0.044715 * slope, slope), after: [square])
      let argument = result.add(WrittenLayer("Multiply"), after: [input, bent])
      let gate = result.add([.activation("tanh"), .rescaling(0.5, 0.5)], after: argument)
      result.add(WrittenLayer("Multiply"), after: [input, gate])
    case .sparsePlus:
      let root = result.add([.rescaling(1, 1), .rectifier(upTo: 2)], after: input)
      let square = result.add(WrittenLayer("Multiply"), after: [root, root])
      let bent = result.add(.rescaling(0.25), after: [square])
      let straight = result.add([.rescaling(1, -1), .activation("relu")], after: input)
      result.add(WrittenLayer("Add"), after: [bent, straight])
    default: return nil
    }
    return result
  }

  /// The difference of what two chains of layers make of the input.
  private static func difference(_ chains: [[WrittenLayer]]) -> WrittenComposition {
    var result = WrittenComposition()
    let sides = chains.map { result.add($0, after: .input(0)) }
    result.add(WrittenLayer("Subtract"), after: sides)
    return result
  }
}
