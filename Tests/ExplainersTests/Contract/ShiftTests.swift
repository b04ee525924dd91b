import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

/// A network that does not know where things are gives maps that move with the input.
@Suite struct ShiftTests {
  private static let length = 24
  private static let kernel = 3

  /// Methods for which the law cannot hold, with the reason.
  private static let exempt = [
    "score-cam":
      "feature maps are resized to masks of the input, where neighbouring positions get different shares",
    "smooth-grad": "noise is drawn for every position",
    "blur-integrated-gradients": "a blur reflects what reaches the border",
    "consensus": "ranks are taken among all positions, also those at the border",
    "expected-gradients": "the background is drawn for every position",
    "rise": "masks are drawn over the positions, not over what is at them",
    "sise":
      "feature maps are shorter than the input here, and resizing them does not move with what they show",
    "ada-sise": "as sise",
    "lime": "segments begin at the same positions wherever the input is",
    "kernel-shap": "as lime",
    "xrai":
      "regions are kept compact by where positions are, so that they divide the rest of the input otherwise",
  ]

  /// Convolution without padding, ReLU, global mean, dense.
  private func model(rank: Int) throws -> Model {
    var builder = ModelBuilder(name: "blind to position")
    let spatial = [Self.length] + Array(repeating: 5, count: rank - 1)
    var last = try builder.add(
      InputLayer(shape: Shape(batch: 1, spatial: spatial, channels: 1)), name: "input")
    let window = Window(kernel: spatial.map { _ in Self.kernel })
    let convolution = try Convolution(
      weights: Tensor(Shape(window.kernel + [1, 4]), seed: 1),
      bias: Tensor([4], seed: 2, from: -0.3, to: 0.3),
      window: window)
    let dense = try Convolution(weights: Tensor([4, 3], seed: 3), window: Window(kernel: []))
    last = try builder.add(ConvolutionLayer(convolution), name: "conv", after: [last])
    last = try builder.add(ActivationLayer(.relu()), name: "relu", after: [last])
    last = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [last])
    last = try builder.add(ConvolutionLayer(dense), name: "dense", after: [last])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [last])
    return try builder.model()
  }

  /// Zeros but for a few rows from `start` on.
  private func input(_ shape: Shape, start: Int) -> Tensor {
    let row = shape.itemCount / Self.length
    var values = [Float](repeating: 0, count: shape.count)
    let bump = Tensor([6 * row], seed: 5).values
    values.replaceSubrange((start * row)..<((start + 6) * row), with: bump)
    return Tensor(shape, values)
  }

  @Test(arguments: MethodCatalog.methods.map(\.id).filter { exempt[$0] == nil }, 1...2)
  func mapsMoveWithTheInput(id: String, rank: Int) throws {
    let model = try model(rank: rank)
    let method = try MethodCatalog.method(id)
    let target = Target(.index(1), in: .probability)
    let (start, shift) = (4, 7)
    let first = try model.explain(input(model.inputShape, start: start), with: method, for: target)
      .layerOrInputMap
    let second = try model.explain(input(model.inputShape, start: start + shift), with: method, for: target)
      .layerOrInputMap
    // Rows that every tap of the kernel reaches, before and after the shift.
    let row = first.count / first.shape[1]
    let rows = (Self.kernel - 1)..<(first.shape[1] - Self.kernel + 1 - shift)
    let before = Array(first.values[(rows.lowerBound * row)..<(rows.upperBound * row)])
    let after = Array(second.values[((rows.lowerBound + shift) * row)..<((rows.upperBound + shift) * row)])
    var comparison = MapComparison()
    comparison.add(after, before)
    #expect(comparison.worst <= 1e-5)
    #expect(before.contains { $0 != 0 })
  }
}

extension Attribution {
  /// The map at the layer it was made from, where no resizing blurs positions.
  fileprivate var layerOrInputMap: Tensor { layerMap ?? map }
}
