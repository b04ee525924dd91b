import TensorCore

/// A window fitted by hand to an input of up to three spatial axes; fewer get leading axes of extent one.
struct NaiveWindow {
  let input: [Int]
  let output: [Int]
  private let kernel: [Int]
  private let stride: [Int]
  private let dilation: [Int]
  private let low: [Int]

  init(_ window: Window, over extents: [Int]) {
    let missing = [Int](repeating: 1, count: 3 - extents.count)
    kernel = missing + window.kernel
    stride = missing + window.stride
    dilation = missing + window.dilation
    input = missing + extents
    var low: [Int] = []
    var output: [Int] = []
    for axis in 0..<3 {
      let reach = (kernel[axis] - 1) * dilation[axis] + 1
      let margin: (Int, Int)
      switch window.padding {
      case _ where axis < missing.count, .valid: margin = (0, 0)
      case .same:
        let outputs = Int((Double(input[axis]) / Double(stride[axis])).rounded(.up))
        let total = max((outputs - 1) * stride[axis] + reach - input[axis], 0)
        margin = (total / 2, total - total / 2)
      case .causal: margin = (reach - 1, 0)
      case .explicit(let margins):
        margin = (margins[axis - missing.count].low, margins[axis - missing.count].high)
      }
      low.append(margin.0)
      output.append((margin.0 + input[axis] + margin.1 - reach) / stride[axis] + 1)
    }
    self.low = low
    self.output = output
  }

  var taps: Int { kernel.reduce(1, *) }
  var inputPositions: Int { input.reduce(1, *) }
  var outputPositions: Int { output.reduce(1, *) }

  /// Visits, for every output position, every tap that reads inside the input; all three as flat indices, in row-major order.
  func forEachTap(_ body: (_ output: Int, _ tap: Int, _ input: Int) -> Void) {
    for o0 in 0..<output[0] {
      for o1 in 0..<output[1] {
        for o2 in 0..<output[2] {
          for t0 in 0..<kernel[0] {
            for t1 in 0..<kernel[1] {
              for t2 in 0..<kernel[2] {
                let i0 = o0 * stride[0] + t0 * dilation[0] - low[0]
                let i1 = o1 * stride[1] + t1 * dilation[1] - low[1]
                let i2 = o2 * stride[2] + t2 * dilation[2] - low[2]
                guard i0 >= 0, i0 < input[0], i1 >= 0, i1 < input[1], i2 >= 0, i2 < input[2] else { continue }
                body(
                  (o0 * output[1] + o1) * output[2] + o2, (t0 * kernel[1] + t1) * kernel[2] + t2,
                  (i0 * input[1] + i1) * input[2] + i2)
              }
            }
          }
        }
      }
    }
  }
}
