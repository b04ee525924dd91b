/// A window fitted to the extents of one input.
public struct ResolvedWindow: Hashable, Sendable {
  /// The window.
  public let window: Window
  /// Spatial extents of the input.
  public let input: [Int]
  /// Cells added on both sides of every axis.
  public let margins: [Padding.Margin]
  /// Spatial extents of the output.
  public let output: [Int]

  init(window: Window, input: [Int], margins: [Padding.Margin], output: [Int]) {
    self.window = window
    self.input = input
    self.margins = margins
    self.output = output
  }

  /// The number of taps of the window: the product of its kernel extents.
  public var taps: Int { window.kernel.reduce(1, *) }

  /// For every output position, in row-major order, the input positions that its window covers, in row-major order.
  public var cells: [[Int]] {
    fromOutput().reversed().reduce(nil as (cells: [[Int]], positions: Int)?) { inner, axis in
      let (cells, positions) = inner ?? ([[0]], 1)
      let reached = axis.reaches.flatMap { reach in
        let sources = (0..<reach.count).map { reach.firstSource + $0 * axis.sourceStep }
        return cells.map { cells in sources.flatMap { source in cells.map { source * positions + $0 } } }
      }
      return (reached, positions * axis.source)
    }?.cells ?? [[0]]
  }

  /// Whether no cell of the input lies in two windows.
  var isExclusive: Bool {
    window.kernel.indices.allSatisfy { axis in
      let (kernel, stride, dilation) = parameters(axis)
      return kernel == 1 || output[axis] <= 1 || (dilation == 1 && stride >= kernel)
    }
  }

  /// Whether every cell of the input lies in a window.
  var coversInput: Bool {
    fromOutput().allSatisfy { axis in
      let reached = axis.reaches.flatMap { reach in
        (0..<reach.count).map { reach.firstSource + $0 * axis.sourceStep }
      }
      return Set(reached).count == axis.source
    }
  }

  /// The axes as an output position sees the input: for every output coordinate the taps that read inside the input.
  func fromOutput() -> [Axis] {
    output.indices.map { axis in
      let (kernel, stride, dilation) = parameters(axis)
      let reaches = (0..<output[axis]).map { position -> Axis.Reach in
        let start = position * stride - margins[axis].low
        let first = start >= 0 ? 0 : (-start + dilation - 1) / dilation
        let room = input[axis] - 1 - start
        let last = min(kernel - 1, room >= 0 ? room / dilation : -1)
        guard first <= last else { return .none }
        return Axis.Reach(firstTap: first, count: last - first + 1, firstSource: start + first * dilation)
      }
      return Axis(
        destination: output[axis], source: input[axis], kernel: kernel, tapStep: 1, sourceStep: dilation,
        phases: 1, origin: -margins[axis].low, stride: stride, reaches: reaches)
    }
  }

  /// The axes as an input position sees the output: for every input coordinate the taps through which an output reads it.
  ///
  /// Output `o` reads input `i` through tap `k` when `o * stride = i + low - k * dilation`. The taps that solve this for an integer `o`
  /// are `stride / gcd(stride, dilation)` apart. Taps are counted from the last one, so that their outputs come in ascending order, as
  /// they do in the other direction.
  func fromInput() -> [Axis] {
    input.indices.map { axis in
      let (kernel, stride, dilation) = parameters(axis)
      let divisor = greatestCommonDivisor(stride, dilation)
      let tapStep = stride / divisor
      let sourceStep = dilation / divisor
      var firstSolution = [Int?](repeating: nil, count: stride)
      for tap in 0..<min(tapStep, kernel) { firstSolution[(tap * dilation) % stride] = tap }
      let reaches = (0..<input[axis]).map { position -> Axis.Reach in
        let shifted = position + margins[axis].low
        guard var tap = firstSolution[shifted % stride] else { return .none }
        var source = (shifted - tap * dilation) / stride
        if source >= output[axis] {
          let skipped = (source - output[axis] + sourceStep) / sourceStep
          tap += skipped * tapStep
          source -= skipped * sourceStep
        }
        guard source >= 0, tap < kernel else { return .none }
        let count = min((kernel - 1 - tap) / tapStep, source / sourceStep) + 1
        return Axis.Reach(
          firstTap: kernel - 1 - tap - (count - 1) * tapStep, count: count,
          firstSource: source - (count - 1) * sourceStep)
      }
      return Axis(
        destination: input[axis], source: output[axis], kernel: kernel, tapStep: tapStep,
        sourceStep: sourceStep, phases: stride, origin: margins[axis].low - (kernel - 1) * dilation,
        stride: 1,
        reaches: reaches)
    }
  }

  private func parameters(_ axis: Int) -> (kernel: Int, stride: Int, dilation: Int) {
    (window.kernel[axis], window.stride[axis], window.dilation[axis])
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
