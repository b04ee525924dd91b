import Foundation
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Operations with several options that are written, and read back as layers that compute the same.
@Suite struct WrittenLayersTests {
  /// Operations one behind the other, and the classes that they are written as.
  struct Chain: CustomTestStringConvertible, Sendable {
    let name: String
    let input: Shape
    let layers: [any Layer]
    let classes: [String]
    /// Whether the layers that are read back do the same steps.
    var isExact = true

    var testDescription: String { name }
  }

  static let routing: [Chain] = [
    Chain(
      name: "crop a signal", input: [1, 9, 2], layers: [CroppingLayer([.init(low: 1, high: 3)])],
      classes: ["Cropping1D"]),
    Chain(
      name: "crop an image", input: [1, 6, 5, 2],
      layers: [CroppingLayer([.init(low: 1, high: 0), .init(low: 0, high: 2)])], classes: ["Cropping2D"]),
    Chain(
      name: "permute", input: [1, 3, 4, 2], layers: [PermutationLayer(order: [0, 3, 1, 2])],
      classes: ["Permute"]),
    Chain(
      name: "repeat", input: [1, 5], layers: [RepetitionLayer(count: 3)], classes: ["RepeatVector"]),
    Chain(
      name: "slice with steps", input: [1, 9, 4],
      layers: [SliceLayer(TensorSlice([.init(start: 1, count: 3, step: 3), .init(start: 2, count: 2)]))],
      classes: ["Reshape", "Cropping2D", "MaxPooling2D", "Reshape", "Reshape", "Cropping2D", "Reshape"]),
    Chain(
      name: "pad with ones", input: [1, 4, 2],
      layers: [ZeroPaddingLayer([.init(low: 1, high: 2)], value: 1)],
      classes: ["Rescaling", "ZeroPadding1D", "Rescaling"], isExact: false),
    Chain(
      name: "enlarge a signal", input: [1, 4, 2],
      layers: [ResamplingLayer([ResamplingFilter.nearest.matrix(from: 4, to: 12)])], classes: ["UpSampling1D"]
    ),
    Chain(
      name: "enlarge an image", input: [1, 3, 4, 2],
      layers: [
        ResamplingLayer([
          ResamplingFilter.linear.matrix(from: 3, to: 6), ResamplingFilter.linear.matrix(from: 4, to: 12),
        ])
      ], classes: ["UpSampling2D"]),
    Chain(
      name: "resize an image", input: [1, 5, 4, 2],
      layers: [
        ResamplingLayer([
          ResamplingFilter.cubic.matrix(from: 5, to: 3), ResamplingFilter.cubic.matrix(from: 4, to: 7),
        ])
      ], classes: ["Resizing"]),
    Chain(
      name: "resize a signal", input: [1, 5, 2],
      layers: [ResamplingLayer([ResamplingFilter.linear.matrix(from: 5, to: 8)])],
      classes: ["Reshape", "Resizing", "Reshape"]),
  ]

  static let arithmetic: [Chain] = [
    Chain(
      name: "mean of an axis", input: [1, 3, 4, 2],
      layers: [ReductionLayer(.mean, over: [2], keepsAxes: true)],
      classes: ["Permute", "Reshape", "GlobalAveragePooling1D", "Reshape"], isExact: false),
    Chain(
      name: "sum of channels", input: [1, 4, 3], layers: [ReductionLayer(.sum, over: [2], keepsAxes: false)],
      classes: ["Permute", "Reshape", "GlobalAveragePooling1D", "Rescaling"], isExact: false),
    Chain(
      name: "times a number", input: [1, 4, 2],
      layers: [ConstantArithmeticLayer(.multiply, constant: Tensor([1, 1, 1], [3]))], classes: ["Rescaling"]),
    Chain(
      name: "from numbers per channel", input: [1, 4, 2],
      layers: [ConstantArithmeticLayer(.subtract, constant: Tensor([1, 1, 2], [3, -1]), isFirst: true)],
      classes: ["Rescaling"], isExact: false),
    Chain(
      name: "over numbers per position", input: [1, 2, 2],
      layers: [ConstantArithmeticLayer(.divide, constant: Tensor([1, 2, 1], [3, 7]))],
      classes: ["Reshape", "Rescaling", "Reshape"], isExact: false),
    Chain(
      name: "at most", input: [1, 4, 2],
      layers: [ConstantArithmeticLayer(.minimum, constant: Tensor([1, 1, 1], [0.25]))],
      classes: ["Rescaling", "Activation", "Rescaling"], isExact: false),
    Chain(
      name: "scaled elements", input: [1, 3, 2],
      layers: [
        ElementScalingLayer(
          ElementScaling(scale: Tensor([1, 3, 2], seed: 1), shift: Tensor([1, 3, 2], seed: 2)))
      ], classes: ["Reshape", "Rescaling", "Reshape"]),
    Chain(
      name: "layer norm", input: [1, 3, 4, 2],
      layers: [
        StatisticalNormalizationLayer(RowNormalization(.standard, epsilon: 1e-3), over: .axes([2, 3]))
      ],
      classes: ["Reshape", "LayerNormalization", "Reshape"]),
    Chain(
      name: "unit norm", input: [1, 3, 2],
      layers: [StatisticalNormalizationLayer(RowNormalization(.norm, epsilon: 1e-6), over: .axes([1, 2]))],
      classes: ["Reshape", "UnitNormalization", "Reshape"]),
    Chain(
      name: "softmax over axes", input: [1, 3, 4, 2], layers: [JointSoftmaxLayer(axes: [1, 2])],
      classes: ["Permute", "Reshape", "Activation", "Reshape", "Permute"]),
  ]

  static let functions: [Activation] = [
    .thresholded(at: 0.5), .hardSigmoid(slope: 0.2), .hardSigmoid(slope: 1 / 6), .hardSilu,
    .gelu(approximate: true),
    .celu(alpha: 1.5), .hardTanh, .hardShrink(threshold: 0.5), .softShrink(threshold: 0.5), .tanhShrink,
    .sparsePlus, .sparseSigmoid, .logSigmoid, .relu(slope: 0.25, maximum: 1.5, threshold: 0.125),
    .elu(alpha: 0.75),
  ]

  static func chained(_ chain: Chain) throws -> Model {
    var builder = ModelBuilder(name: "chain")
    var last = try builder.add(InputLayer(shape: chain.input), name: "input")
    for (index, layer) in chain.layers.enumerated() {
      last = try builder.add(layer, name: "layer-\(index)", after: [last])
    }
    return try builder.model()
  }

  private func written(_ model: Model) throws -> Model {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(keras: path)
    return try Model(keras: path)
  }

  @Test(arguments: routing + arithmetic)
  func theLayersComputeTheSame(chain: Chain) throws {
    let model = try Self.chained(chain)
    let again = try written(model)
    #expect(again.nodes.dropFirst().map(\.layerClass) == chain.classes)
    let input = Tensor(chain.input.with(batch: 3), seed: 4)
    let (before, after) = (try model.predict(input), try again.predict(input))
    #expect(before.shape == after.shape)
    if chain.isExact { #expect(before.bits == after.bits) }
    #expect(ModelWritingTests.difference(after, before) <= 1e-6)
  }

  @Test(arguments: functions)
  func functionsAreComposed(function: Activation) throws {
    let chain = Chain(name: "function", input: [1, 400], layers: [ActivationLayer(function)], classes: [])
    let input = Tensor([1, 400], (0..<400).map { Float($0 - 200) / 40 + 0.0125 })
    let again = try written(Self.chained(chain))
    #expect(ModelWritingTests.difference(try again.predict(input), function(input)) <= 1e-6)
  }
}
