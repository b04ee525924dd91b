import Explainers
import Networks
import Scoring
import TensorCore

/// A map that a test makes up, to be judged on a network whose score is known by hand.
struct JudgedMap {
  /// One value for every position.
  var map: [Float]
  var input: [Float]
  /// The weights of the logit of class 0 (`features x 1`); the other class has logit 0.
  var weights: [Float]
  var evidence: [Float]?
  /// The positions' extents; a signal of one channel by default.
  var extents: [Int]?

  /// Flatten, dense with two outputs `(weights . x, 0)`, softmax.
  func model() throws -> Model {
    var builder = ModelBuilder(name: "linear")
    let shape = Shape(batch: 1, spatial: extents ?? [input.count], channels: 1)
    let first = try builder.add(InputLayer(shape: shape), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flatten", after: [first])
    let dense = try Convolution(
      weights: Tensor([input.count, 2], weights.flatMap { [$0, 0] }), bias: nil, window: Window(kernel: []))
    let logits = try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    _ = try builder.add(SoftmaxLayer(), name: "softmax", after: [logits])
    return try builder.model()
  }

  /// The map as an explanation of class 0, ready to be judged.
  func explanation(target: Int = 0, seed: UInt32 = 0) throws -> ScoredExplanation {
    let model = try model()
    var attribution = try model.explain(
      Tensor(model.inputShape, input), with: .gradient, for: .index(target))
    attribution.map = Tensor(model.inputShape, map)
    return try ScoredExplanation(
      attribution, by: Gradient(), of: model,
      evidence: evidence.map { Tensor(model.inputShape, $0) }, seed: seed)
  }

  /// What a metric of the catalogue says of it.
  func score(_ id: String, _ values: [String: String] = [:], seed: UInt32 = 0) throws -> MetricScore {
    let metric = try MetricCatalog.metric(id, settings: MetricSettings(metric: id, values: values))
    guard let metric = metric as? any ItemMetric else { preconditionFailure("\(id) judges groups") }
    return try metric.score(explanation(seed: seed))
  }
}
