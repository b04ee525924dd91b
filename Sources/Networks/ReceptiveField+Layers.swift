import TensorCore

extension InputView {
  /// What the positions of a node's value see, from what those of the values that it reads see.
  ///
  /// A kind of layer that is not told apart here mixes all positions.
  init?(through node: Model.Node, _ inputs: [InputView?], of shapes: [Shape]) {
    let rank = node.shape.rank
    if node.layer.role == .merge || inputs.count > 1 {
      guard let joined = InputView(joining: Self.aligned(inputs, shapes, to: rank)) else { return nil }
      self = Self.merged(joined, node)
      return
    }
    guard let view = inputs[0] else { return nil }
    self = view.through(node.layer, from: shapes[0], to: node.shape)
  }

  /// Inputs with fewer axes get axes of extent 1 behind the batch axis.
  private static func aligned(_ inputs: [InputView?], _ shapes: [Shape], to rank: Int) -> [InputView?] {
    zip(inputs, shapes).map { view, shape in
      view?.mapped { .window(axis: $0 + rank - shape.rank, size: $1, stride: $2, centre: $3) }
    }
  }

  /// Several values combined element by element keep their positions, one behind the other along an axis they do not keep it.
  private static func merged(_ view: InputView, _ node: Model.Node) -> InputView {
    switch node.layer {
    case let layer as ConcatenationLayer: view.mixing([layer.axis])
    case is MergeLayer: view
    default: view.mixing(1..<(node.shape.rank + 1))
    }
  }

  private func through(_ layer: any Layer, from input: Shape, to output: Shape) -> InputView {
    switch layer {
    case let layer as ConvolutionLayer:
      let view = mixing([input.rank - 1])
      return layer.role == .dense ? view : view.sliding(Self.taps(layer.convolution.window, input))
    case let layer as PoolingLayer:
      return sliding(Self.taps(layer.pooling.window, input))
    case let layer as TransposedConvolutionLayer:
      return mixing([input.rank - 1]).sliding(Self.transposedTaps(layer.operation.convolution.window, output))
    case let layer as ResamplingLayer:
      return sliding(layer.matrices.map(Self.taps))
    case let layer as ZeroPaddingLayer:
      return sliding(layer.margins.map { (1, -Double($0.low), 1) })
    case let layer as CroppingLayer:
      return sliding(layer.margins.map { (1, Double($0.low), 1) })
    case let layer as SliceLayer:
      return sliding(layer.slice.runs.map { (1, Double($0.start), Double($0.step)) })
    case let layer as PermutationLayer:
      return mapped { axis, size, stride, centre in
        .window(axis: layer.order.firstIndex(of: axis) ?? axis, size: size, stride: stride, centre: centre)
      }
    case let layer as StatisticalNormalizationLayer:
      if case .axes(let axes) = layer.scope { return mixing(axes) }
    case is FlattenLayer, is ReshapeLayer:
      return reshaped(from: input, to: output)
    case is SoftmaxLayer, is LogSoftmaxLayer, is SparsemaxLayer, is GatedLinearUnitLayer:
      return mixing([input.rank - 1])
    case is PerStepLayer:
      return mixing(2..<max(input.rank, 3))
    default:
      let isElementwise =
        [.activation, .normalization, .identity, .mask].contains(layer.role)
        || layer is ConstantArithmeticLayer
      if isElementwise, input == output { return self }
    }
    return mixing(1..<(input.rank + 1))
  }

  /// Axes that keep their extent and the number of elements behind them are the same axes.
  private func reshaped(from input: Shape, to output: Shape) -> InputView {
    func behind(_ shape: Shape, _ axis: Int) -> Int { shape.extents[(axis + 1)...].reduce(1, *) }
    return mapped { axis, size, stride, centre in
      let same = (1..<output.rank).first {
        output[$0] == input[axis] && behind(output, $0) == behind(input, axis) && $0 < output.rank - 1
      }
      guard let same else { return .all }
      return .window(axis: same, size: size, stride: stride, centre: centre)
    }
  }

  private typealias Taps = (span: Double, offset: Double, step: Double)

  /// The cells that positions behind a window see: how many, where their middle is, and how far the next ones are.
  private static func taps(_ window: Window, _ input: Shape) -> [Taps] {
    let margins = (try? window.resolved(over: input.spatial).margins) ?? []
    return zip(window.kernel.indices, margins).map { axis, margin in
      let reach = Double((window.kernel[axis] - 1) * window.dilation[axis])
      return (reach + 1, reach / 2 - Double(margin.low), Double(window.stride[axis]))
    }
  }

  /// The same for a window that slides over the output: every position is reached by those whose taps fall on it.
  private static func transposedTaps(_ window: Window, _ output: Shape) -> [Taps] {
    taps(window, output).map { tap in
      let span = (tap.span / tap.step).rounded(.up)
      return (span, -tap.offset / tap.step, 1 / tap.step)
    }
  }

  /// The same for a resampling, whose positions lie at the middles of cells.
  private static func taps(_ matrix: AxisMatrix) -> Taps {
    let spans = matrix.rows.map { row in
      let columns = row.filter { $0.weight != 0 }.map(\.column)
      return Double((columns.max() ?? 0) - (columns.min() ?? 0) + 1)
    }
    let step = Double(matrix.columns) / Double(max(matrix.rows.count, 1))
    return (spans.max() ?? 1, (step - 1) / 2, step)
  }
}
