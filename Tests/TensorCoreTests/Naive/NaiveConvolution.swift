import TensorCore

/// A convolution in 64 bits, one product at a time.
struct NaiveConvolution {
  let window: NaiveWindow
  let groups: Int
  let inputs: Int
  let outputs: Int
  let weights: [Double]
  let bias: [Double]

  init(_ convolution: Convolution, over extents: [Int]) {
    window = NaiveWindow(convolution.window, over: extents)
    groups = convolution.groups
    inputs = convolution.inputChannels
    outputs = convolution.outputChannels
    weights = convolution.weights.values.map { Double($0) }
    bias = convolution.bias?.values.map { Double($0) } ?? [Double](repeating: 0, count: outputs)
  }

  /// The output of a batch of items that lie one after the other.
  func callAsFunction(_ input: [Float]) -> [Double] {
    byItem(input, inputs * window.inputPositions) { item in
      var result = (0..<window.outputPositions).flatMap { _ in bias }
      forEachProduct { output, weight, source in result[output] += item[source] * weights[weight] }
      return result
    }
  }

  /// The cotangent of the input.
  func pullback(_ cotangent: [Float]) -> [Double] {
    byItem(cotangent, outputs * window.outputPositions) { item in
      var result = [Double](repeating: 0, count: inputs * window.inputPositions)
      forEachProduct { output, weight, source in result[source] += item[output] * weights[weight] }
      return result
    }
  }

  /// The cotangent of the weights, summed over all items.
  func weightPullback(_ cotangent: [Float], at input: [Float]) -> [Double] {
    var result = [Double](repeating: 0, count: weights.count)
    let (outputSize, inputSize) = (outputs * window.outputPositions, inputs * window.inputPositions)
    for item in 0..<(inputSize > 0 ? input.count / inputSize : 0) {
      forEachProduct { output, weight, source in
        result[weight] +=
          Double(cotangent[item * outputSize + output]) * Double(input[item * inputSize + source])
      }
    }
    return result
  }

  private func forEachProduct(_ body: (_ output: Int, _ weight: Int, _ input: Int) -> Void) {
    let from = inputs / groups
    let to = outputs / groups
    window.forEachTap { output, tap, input in
      for group in 0..<groups {
        for s in 0..<from {
          for d in (group * to)..<((group + 1) * to) {
            body(output * outputs + d, (tap * from + s) * outputs + d, input * inputs + group * from + s)
          }
        }
      }
    }
  }
}

/// Applies a function to every run of `size` numbers and joins the results.
func byItem(_ values: [Float], _ size: Int, _ function: ([Double]) -> [Double]) -> [Double] {
  stride(from: 0, to: values.count, by: size).flatMap { start in
    function(values[start..<(start + size)].map { Double($0) })
  }
}
