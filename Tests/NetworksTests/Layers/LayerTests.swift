import Networks
import TensorCore
import TestSupport
import Testing

/// Every kind of layer under the contract of the protocol.
@Suite struct LayerTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var layer: any Layer
    var input: Shape
    var output: Shape
    var role: LayerRole
    var parameters = 0
  }

  /// Layers that put cells elsewhere.
  private static var reshaping: [Case] {
    let cubic = ResamplingFilter.cubic.matrix(from: 3, to: 5)
    let means = ResamplingFilter.area.matrix(from: 4, to: 2)
    guard
      let transposed = try? TransposedConvolution(
        weights: Tensor([3, 4, 2], seed: 8), bias: Tensor([4], seed: 9),
        window: Window(kernel: [3], stride: [2]), outputExtents: { [$0[0] * 2 + 1] })
    else { preconditionFailure("the layers of the test do not fit") }
    return [
      Case(
        testDescription: "transposed convolution", layer: TransposedConvolutionLayer(transposed),
        input: [2, 4, 2], output: [2, 9, 4], role: .convolution, parameters: 28),
      Case(
        testDescription: "permutation", layer: PermutationLayer(order: [0, 3, 1, 2]), input: [2, 3, 4, 5],
        output: [2, 5, 3, 4], role: .routing),
      Case(
        testDescription: "cropping",
        layer: CroppingLayer([.init(low: 1, high: 0), .init(low: 0, high: 2)]), input: [2, 3, 4, 2],
        output: [2, 2, 2, 2], role: .routing),
      Case(
        testDescription: "repetition", layer: RepetitionLayer(count: 3), input: [2, 4], output: [2, 3, 4],
        role: .routing),
      Case(
        testDescription: "resampling", layer: ResamplingLayer([cubic, means]), input: [2, 3, 4, 2],
        output: [2, 5, 2, 2], role: .routing),
      Case(
        testDescription: "padding with a value",
        layer: ZeroPaddingLayer([.init(low: 2, high: 1)], value: 0.5),
        input: [2, 3, 2], output: [2, 6, 2], role: .routing),
    ]
  }

  /// Normalisations and activations with parameters or statistics of their own.
  private static var statistical: [Case] {
    let elements = ElementScaling(scale: Tensor([1, 3, 2], seed: 4), shift: Tensor([1, 3, 2], seed: 5))
    let slopes = Tensor([1, 1, 2], seed: 6, from: 0.1, to: 0.6)
    let kinds: [(RowNormalization.Kind, StatisticalNormalizationLayer.Scope)] = [
      (.standard, .axes([3])), (.standard, .axes([1, 3])), (.standard, .groups(2)), (.deviation, .axes([2])),
      (.rootMeanSquare, .axes([1, 2, 3])), (.norm, .axes([3])), (.norm, .axes([1, 2])),
    ]
    let normalizations = kinds.map { kind, scope in
      Case(
        testDescription: "\(kind) over \(scope)",
        layer: StatisticalNormalizationLayer(RowNormalization(kind, epsilon: 1e-2), over: scope),
        input: [2, 3, 2, 4], output: [2, 3, 2, 4], role: .normalization)
    }
    return normalizations + [
      Case(
        testDescription: "element scaling",
        layer: ElementScalingLayer(
          scale: elements.scale, shift: elements.shift, over: [1, 3, 2]),
        input: [2, 3, 2], output: [2, 3, 2], role: .normalization, parameters: 12),
      Case(
        testDescription: "parametric ReLU", layer: ParametricReLULayer(slopes: slopes, over: [1, 3, 2]),
        input: [2, 3, 2], output: [2, 3, 2], role: .activation, parameters: 2),
      Case(
        testDescription: "gated linear unit", layer: GatedLinearUnitLayer(), input: [2, 3, 4],
        output: [2, 3, 2], role: .activation),
      Case(
        testDescription: "sparsemax", layer: SparsemaxLayer(), input: [2, 3, 4], output: [2, 3, 4],
        role: .activation),
      Case(
        testDescription: "joint softmax", layer: JointSoftmaxLayer(axes: [1, 3]), input: [2, 3, 2, 4],
        output: [2, 3, 2, 4], role: .softmax),
    ]
  }

  static let cases: [Case] = {
    let kernel = Tensor([3, 2, 4], seed: 1)
    let weights = Tensor([2, 5], seed: 2)
    let bias = Tensor([5], seed: 3)
    // The weights fit their windows by construction.
    guard let convolution = try? Convolution(weights: kernel, window: Window(kernel: [3], stride: [2])),
      let dense = try? Convolution(weights: weights, bias: bias, window: Window(kernel: []))
    else { preconditionFailure("the layers of the test do not fit") }
    let window = Window(kernel: [2], stride: [2], padding: .same)
    return reshaping + statistical + [
      Case(
        testDescription: "convolution", layer: ConvolutionLayer(convolution), input: [2, 9, 2],
        output: [2, 4, 4],
        role: .convolution, parameters: 24),
      Case(
        testDescription: "dense", layer: ConvolutionLayer(dense), input: [2, 2], output: [2, 5], role: .dense,
        parameters: 15),
      Case(
        testDescription: "dense on positions", layer: ConvolutionLayer(dense), input: [2, 3, 4, 2],
        output: [2, 3, 4, 5], role: .dense, parameters: 15),
      Case(
        testDescription: "normalization",
        layer: NormalizationLayer(ChannelScaling(scale: [2, -1], shift: [1, 3]), parameterCount: 8),
        input: [2, 3, 2], output: [2, 3, 2], role: .normalization, parameters: 8),
      Case(
        testDescription: "activation", layer: ActivationLayer(.softplus), input: [2, 3, 2],
        output: [2, 3, 2],
        role: .activation),
      Case(
        testDescription: "softmax", layer: SoftmaxLayer(), input: [2, 3, 4], output: [2, 3, 4], role: .softmax
      ),
      Case(
        testDescription: "log softmax", layer: LogSoftmaxLayer(), input: [2, 3, 4], output: [2, 3, 4],
        role: .softmax),
      Case(
        testDescription: "max pooling", layer: PoolingLayer(Pooling(.maximum, over: window)),
        input: [2, 7, 2],
        output: [2, 4, 2], role: .maximumPooling),
      Case(
        testDescription: "average pooling", layer: PoolingLayer(Pooling(.average, over: window)),
        input: [2, 7, 2],
        output: [2, 4, 2], role: .averagePooling),
      Case(
        testDescription: "global average", layer: GlobalPoolingLayer(.average), input: [2, 3, 4, 2],
        output: [2, 2],
        role: .averagePooling),
      Case(
        testDescription: "global maximum, axes kept", layer: GlobalPoolingLayer(.maximum, keepsAxes: true),
        input: [2, 3, 4, 2], output: [2, 1, 1, 2], role: .maximumPooling),
      Case(
        testDescription: "flatten", layer: FlattenLayer(), input: [2, 3, 4, 2], output: [2, 24],
        role: .routing),
      Case(
        testDescription: "zero padding",
        layer: ZeroPaddingLayer([.init(low: 1, high: 2), .init(low: 0, high: 3)]), input: [2, 3, 4, 2],
        output: [2, 6, 7, 2], role: .routing),
      Case(
        testDescription: "identity", layer: IdentityLayer(), input: [2, 3, 2], output: [2, 3, 2],
        role: .identity),
      Case(
        testDescription: "reshape", layer: ReshapeLayer(to: [-1, 3]), input: [2, 6, 2], output: [2, 4, 3],
        role: .routing),
      Case(
        testDescription: "slice",
        layer: SliceLayer(TensorSlice([.init(start: 1, count: 2, step: 2), .init(start: 0, count: 1)])),
        input: [2, 5, 2], output: [2, 2, 1], role: .routing),
      Case(
        testDescription: "mean", layer: ReductionLayer(.mean, over: [2], keepsAxes: false),
        input: [2, 3, 4, 2], output: [2, 3, 2], role: .averagePooling),
      Case(
        testDescription: "sum, axes kept", layer: ReductionLayer(.sum, over: [1, 3], keepsAxes: true),
        input: [2, 3, 4, 2], output: [2, 1, 4, 1], role: .averagePooling),
      Case(
        testDescription: "sum of one", layer: MergeLayer(.add), input: [2, 3], output: [2, 3], role: .merge),
      Case(
        testDescription: "constant less input",
        layer: ConstantArithmeticLayer(.subtract, constant: Tensor([1, 1, 2], [1, 2]), isFirst: true),
        input: [2, 3, 2], output: [2, 3, 2], role: .normalization),
      Case(
        testDescription: "input over constant",
        layer: ConstantArithmeticLayer(.divide, constant: Tensor([1, 3, 1], [1, 2, 4])), input: [2, 3, 2],
        output: [2, 3, 2], role: .normalization),
      Case(
        testDescription: "input times a larger constant",
        layer: ConstantArithmeticLayer(.multiply, constant: Tensor([1, 3, 1], [1, 2, 4])), input: [2, 1, 2],
        output: [2, 3, 2], role: .normalization),
    ]
  }()

  @Test(arguments: cases)
  func shapesAndRole(of test: Case) throws {
    #expect(test.layer.role == test.role)
    #expect(test.layer.parameterCount == test.parameters)
    #expect(try test.layer.outputShape(for: [test.input]) == test.output)
    #expect(try test.layer.forward([Tensor(test.input, seed: 1)]).shape == test.output)
  }

  @Test(arguments: cases)
  func pullbackIsTheTransposedDerivative(of test: Case) throws {
    let (x, direction) = (Tensor(test.input, seed: 21), Tensor(test.input, seed: 22))
    let output = try test.layer.forward([x])
    let cotangent = Tensor(output.shape, seed: 23)
    let site = Site(inputs: [x], output: output)
    let pulled = try test.layer.pullback(cotangent, at: site)[0]
    #expect(pulled.shape == test.input)
    // <cotangent, J direction> = <J' cotangent, direction>, with J direction as a central difference.
    let h: Float = 1 / 256
    let ahead = try test.layer.forward([x + direction * h])
    let behind = try test.layer.forward([x - direction * h])
    let left = (cotangent * (ahead - behind)).sum / Double(2 * h)
    let right = (pulled * direction).sum
    #expect(abs(left - right) <= 1e-3 * max(abs(right), 0.1))
  }

  @Test func logarithmsOfTinyProbabilitiesStayFinite() throws {
    // log softmax of (0, -200) = (-log(1 + e^-200), -200 - the same): in 32 bits the second probability is zero.
    let found = LogSoftmaxLayer().forward([Tensor([1, 2], [0, -200])])
    #expect(found.values == [0, -200])
    #expect(
      abs(LogSoftmaxLayer().forward([Tensor([1, 2], [3, 3])]).values[1] + Float(0.6931471805599453)) < 1e-7)
  }

  @Test func misfitsAreRefused() throws {
    let two = NormalizationLayer(ChannelScaling(scale: [1, 1], shift: [0, 0]), parameterCount: 0)
    #expect(throws: GeometryError.channelMismatch(expected: 2, found: 3)) {
      try two.outputShape(for: [[1, 4, 3]])
    }
    #expect(throws: GeometryError.windowTooLarge(axis: 1, window: 1, input: 0)) {
      try GlobalPoolingLayer(.average).outputShape(for: [[1, 3, 0, 2]])
    }
    #expect(throws: GeometryError.groupMismatch(channels: 3, groups: 2)) {
      try GatedLinearUnitLayer().outputShape(for: [[1, 4, 3]])
    }
    #expect(throws: GeometryError.windowTooLarge(axis: 0, window: 5, input: 4)) {
      try CroppingLayer([.init(low: 2, high: 2)]).outputShape(for: [[1, 4, 3]])
    }
    #expect(throws: GeometryError.rankMismatch(window: 0, input: 1)) {
      try RepetitionLayer(count: 2).outputShape(for: [[1, 4, 3]])
    }
    #expect(throws: GeometryError.parameterOutOfRange(name: "number of axes", value: 3, least: 4, most: 4)) {
      try PermutationLayer(order: [0, 3, 1, 2]).outputShape(for: [[1, 4, 3]])
    }
    #expect(throws: GeometryError.parameterOutOfRange(name: "normalised axis", value: 3, least: 1, most: 2)) {
      try StatisticalNormalizationLayer(RowNormalization(.norm, epsilon: 1), over: .axes([3]))
        .outputShape(for: [[1, 4, 3]])
    }
    let padding = ZeroPaddingLayer([.init(low: 1, high: 1)])
    #expect(throws: GeometryError.rankMismatch(window: 1, input: 2)) {
      try padding.outputShape(for: [[1, 3, 3, 2]])
    }
  }
}
