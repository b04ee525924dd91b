import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

/// The path walked piece by piece, and the path refined to a tolerance.
@Suite struct PathIntegrationTests {
  /// A dense layer of given weights, an activation and a dense layer that adds up.
  private func model(_ weights: Tensor, bias: [Float], _ activation: Activation) throws -> Model {
    var builder = ModelBuilder(name: "by hand")
    let input = try builder.add(InputLayer(shape: [1, weights.shape[0]]), name: "input")
    let units = weights.shape[1]
    let first = try Convolution(weights: weights, bias: Tensor([units], bias), window: Window(kernel: []))
    let dense = try builder.add(ConvolutionLayer(first), name: "dense", after: [input])
    let activated = try builder.add(ActivationLayer(activation), name: "activation", after: [dense])
    let sum = try Convolution(weights: Tensor([units, 1], repeating: 1), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(sum), name: "sum", after: [activated])
    return try builder.model()
  }

  /// relu(x - y - 1) + relu(2 x - 3) at (4, 1).
  ///
  /// The first opens at t = 1/3 (3 t = 1), the second at t = 3/8 (8 t = 3). dF/dx = [t > 1/3] + 2 [t > 3/8], dF/dy = -[t > 1/3].
  /// x: 4 (2/3 + 2 * 5/8) = 23/3, y: 1 * -2/3. Their sum is F = 2 + 5 = 7.
  @Test func twoRectifiersByHand() throws {
    let model = try model(Tensor([2, 2], [1, 2, -1, 0]), bias: [-1, -3], .relu())
    let found = try model.explain(Tensor([1, 2], [4, 1]), with: .integratedGradients(.exact))
    #expect(abs(found.map.values[0] - 23.0 / 3) < 2e-6 && abs(found.map.values[1] + 2.0 / 3) < 2e-6)
    #expect(found.score == 7)
    #expect(abs(try #require(found.completenessGap)) < 2e-6)
  }

  /// relu6(x) at 8 rises up to t = 3/4: the map is 8 * 3/4 = 6, which is F.
  @Test func aCeilingIsAKink() throws {
    let model = try model(Tensor([1, 1], [1]), bias: [0], .relu(maximum: 6))
    let found = try model.explain(Tensor([1, 1], [8]), with: .integratedGradients(.exact))
    #expect(abs(found.map.values[0] - 6) < 1e-6)
  }

  /// max(x, y + 1) at (4, 1): y leads until 4 t = t + 1 at t = 1/3, then x.
  ///
  /// x: 4 * 2/3 = 8/3, y: 1/3; F(1) - F(0) = 4 - 1 = 3.
  @Test func aMaximumChangesHands() throws {
    var builder = ModelBuilder(name: "maximum")
    let input = try builder.add(InputLayer(shape: [1, 2, 1]), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [input])
    let shift = try Convolution(
      weights: Tensor([2, 2], [1, 0, 0, 1]), bias: Tensor([2], [0, 1]), window: Window(kernel: []))
    let shifted = try builder.add(ConvolutionLayer(shift), name: "shift", after: [flat])
    let pair = try builder.add(ReshapedLayer(shape: [1, 2, 1]), name: "pair", after: [shifted])
    let pool = Pooling(.maximum, over: Window(kernel: [2]))
    let largest = try builder.add(PoolingLayer(pool), name: "pool", after: [pair])
    try builder.add(FlattenLayer(), name: "answer", after: [largest])
    let found = try builder.model().explain(
      Tensor([1, 2, 1], [4, 1]), with: .integratedGradients(.exact))
    #expect(abs(found.map.values[0] - 8.0 / 3) < 2e-6 && abs(found.map.values[1] - 1.0 / 3) < 2e-6)
  }

  @Test(arguments: 1...3)
  func theExactIntegralIsWhereFineStepsLead(rank: Int) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let exact = try model.explain(network.input(), with: .integratedGradients(.exact))
    let fine = try model.explain(network.input(), with: .integratedGradients(steps: 20_000))
    #expect(exact.map.distance(to: fine.map) < 2e-4)
    #expect(abs(try #require(exact.completenessGap)) <= 2e-6 * max(abs(exact.score), 1))
    #expect(try #require(exact.passes) > 8)
  }

  @Test(arguments: [0.1, 0.01, 0.001], [Activation.relu(), .tanh])
  func theGapIsWithinTheTolerance(tolerance: Double, activation: Activation) throws {
    var network = TinyNetwork(rank: 2)
    network.activation = activation
    let model = try network.model()
    for (seed, space) in [(1, ScoreSpace.logit), (2, .probability), (3, .logit)] {
      let found = try model.explain(
        network.input(seed: UInt32(seed)), with: .integratedGradients(.tolerance(tolerance)),
        for: Target(.index(1), in: space))
      let difference = found.score - (try #require(found.baselineScore))
      // 12 panels of 32-bit scores round.
      #expect(abs(try #require(found.completenessGap)) <= tolerance * abs(difference) + 2e-5)
    }
  }

  /// Every pass evaluates a point that no pass before has evaluated.
  @Test func refiningReusesEveryPoint() throws {
    let probe = CountingLayer()
    var network = TinyNetwork(rank: 1)
    network.probe = probe
    let model = try network.model()
    func passes(_ tolerance: Double) throws -> Int {
      let before = probe.counts.items
      let found = try model.explain(network.input(), with: .integratedGradients(.tolerance(tolerance)))
      // One pass at the input and one score at the baseline besides.
      #expect(probe.counts.items - before == 2 + (try #require(found.passes)))
      return try #require(found.passes)
    }
    let few = try passes(1)
    #expect(few >= 9)
    #expect(try passes(0.001) > few)
  }

  @Test func tellsWhyThereIsNoExactIntegral() throws {
    var network = TinyNetwork(rank: 1)
    network.activation = .tanh
    let model = try network.model()
    let exact = IntegratedGradients(.exact)
    #expect(
      throws: ExplanationError.noExactPath(reason: "the layer 'conv-activation' is not piecewise linear")
    ) { try model.explain(network.input(), with: exact) }
    #expect(
      throws: ExplanationError.noExactPath(reason: "a probability is not piecewise linear in the input")
    ) {
      try TinyNetwork(rank: 1).model().explain(
        network.input(), with: exact, for: Target(.top, in: .probability))
    }
    let found = try model.explain(network.input(), with: .integratedGradients())
    #expect(
      found.notes == [
        "took 50 steps instead of the exact integral, because the layer 'conv-activation' is not piecewise linear"
      ])
    #expect(found.parameters.prefix(2) == [.init("steps", "50"), .init("rule", "midpoint")])
  }

  @Test func sentences() {
    #expect(
      ExplanationError.noExactPath(reason: "the path has more than 5 pieces").description
        == "there is no exact integral along this path, because the path has more than 5 pieces; "
        + "use 'tolerance' or 'steps' instead of the rule 'exact'")
    #expect(
      ExplanationError.parametersExclude(method: "m", first: "a", second: "b").description
        == "m.a and m.b cannot be given together; leave one of them out")
    #expect(ExplanationError.noExactPath(reason: "a").failureClass == .usage)
  }

  @Test func parametersThatExcludeEachOther() {
    for (values, pair) in [
      (["tolerance": "0.1", "steps": "5"], ("tolerance", "steps")),
      (["tolerance": "0.1", "rule": "exact"], ("tolerance", "rule")),
      (["rule": "exact", "steps": "5"], ("rule=exact", "steps")),
    ] {
      #expect(
        throws: ExplanationError.parametersExclude(
          method: "integrated-gradients", first: pair.0, second: pair.1)
      ) {
        try MethodCatalog.method(
          "integrated-gradients", settings: MethodSettings(method: "integrated-gradients", values: values))
      }
    }
  }
}

/// The same values under another shape.
private struct ReshapedLayer: AffineLayer {
  let shape: Shape

  var role: LayerRole { .routing }

  func outputShape(for inputs: [Shape]) -> Shape { shape.with(batch: inputs[0].batch) }

  func forward(_ inputs: [Tensor]) -> Tensor {
    inputs[0].reshaped(to: shape.with(batch: inputs[0].shape.batch))
  }

  func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [cotangent.reshaped(to: site.inputs[0].shape)]
  }
}
