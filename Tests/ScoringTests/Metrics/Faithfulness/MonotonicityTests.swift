import Explainers
import Networks
import Scoring
import TensorCore
import Testing

@Suite struct MonotonicityTests {
  @Test(arguments: FaithfulnessAnswers.networks)
  func valuesAreThoseOfTheFormula(network: String) throws {
    try FaithfulnessAnswers.check("monotonicity", of: network)
  }

  // Shown in ascending order of the map: logits 0, 1, 3, 6. With a negative contribution, 0, -1, 1, 4: one of three steps falls.
  @Test func scoresMustNotFall() throws {
    var judged = JudgedMap(map: [1, 2, 3], input: [1, 2, 3], weights: [1, 1, 1])
    let score = try judged.score("monotonicity", ["space": "logit"])
    #expect(score == MetricScore(1, curve: [0, 1, 3, 6]))
    judged.weights = [-1, 1, 1]
    #expect(try judged.score("monotonicity").value == 0)
    #expect(try judged.score("monotonicity", ["variant": "share"]).value == 2 / 3.0)
  }

  /// Logit `x0 - max(x1 - 10 x0, 0)`: x1 alone harms, after x0 it does nothing.
  @Test(arguments: [([1, 2], 1.0), ([2, 1], 0.0)] as [([Float], Double)])
  func orderMattersWherePositionsInteract(map: [Float], expected: Double) throws {
    func dense(_ inputs: Int, _ weights: [Float]) throws -> ConvolutionLayer {
      let tensor = Tensor([inputs, weights.count / inputs], weights)
      return ConvolutionLayer(try Convolution(weights: tensor, bias: nil, window: Window(kernel: [])))
    }
    var builder = ModelBuilder(name: "interacting")
    var last = try builder.add(InputLayer(shape: [1, 2, 1]), name: "input")
    let layers: [(String, any Layer)] = [
      ("flatten", FlattenLayer()), ("hidden", try dense(2, [1, -10, 0, 1])),
      ("relu", ActivationLayer(.relu())), ("logits", try dense(2, [1, 0, -1, 0])),
      ("softmax", SoftmaxLayer()),
    ]
    for (name, layer) in layers { last = try builder.add(layer, name: name, after: [last]) }
    let model = try builder.model()
    var attribution = try model.explain(Tensor([1, 2, 1], [1, 1]), with: .gradient, for: .index(0))
    attribution.map = Tensor([1, 2, 1], map)
    let explanation = try ScoredExplanation(attribution, by: Gradient(), of: model)
    let metric = try Monotonicity(settings: MetricSettings(metric: "monotonicity"))
    #expect(try metric.score(explanation).value == expected)
  }
}
