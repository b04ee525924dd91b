import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ScoreHeadTests {
  /// A model of layers in a row.
  private func model(_ input: Shape, _ layers: [(String, any Layer)]) throws -> Model {
    var builder = ModelBuilder(name: "head")
    var last = try builder.add(InputLayer(shape: input), name: "input")
    for (name, layer) in layers { last = try builder.add(layer, name: name, after: [last]) }
    return try builder.model()
  }

  private func head(_ logits: Int, _ normalizer: any Layer) throws -> ScoreHead {
    try model([1, logits], [("last", normalizer)]).head
  }

  /// A way in which a model ends, with the node of its logits and what makes probabilities of them.
  struct Ending: CustomTestStringConvertible {
    var testDescription: String
    var input: Shape
    var layers: [(String, any Layer)]
    var logits: String
    var normalizer: ScoreHead.Normalizer?
    var classes: Int
  }

  static let endings: [Ending] = [
    Ending(
      testDescription: "softmax after its layer", input: [1, 3],
      layers: [("a", IdentityLayer()), ("b", SoftmaxLayer())], logits: "a", normalizer: .softmax, classes: 3),
    Ending(
      testDescription: "softmax, flatten, dropout", input: [1, 2, 3],
      layers: [("a", SoftmaxLayer()), ("b", FlattenLayer()), ("c", IdentityLayer())], logits: "input",
      normalizer: .softmax, classes: 6),
    Ending(
      testDescription: "several sigmoids", input: [1, 3], layers: [("a", ActivationLayer(.sigmoid))],
      logits: "input", normalizer: .sigmoid, classes: 3),
    Ending(
      testDescription: "one sigmoid tells two classes apart", input: [1, 1],
      layers: [("a", ActivationLayer(.sigmoid)), ("b", FlattenLayer())], logits: "input",
      normalizer: .sigmoid,
      classes: 2),
    Ending(
      testDescription: "no probabilities", input: [1, 3],
      layers: [("a", ActivationLayer(.relu())), ("b", FlattenLayer())],
      logits: "b", normalizer: nil, classes: 3),
    Ending(
      testDescription: "tanh is no sigmoid", input: [1, 1], layers: [("a", ActivationLayer(.tanh))],
      logits: "a",
      normalizer: nil, classes: 1),
    Ending(
      testDescription: "padding adds outputs that are no probabilities", input: [1, 2, 3],
      layers: [("a", SoftmaxLayer()), ("b", ZeroPaddingLayer([.init(low: 1, high: 0)]))], logits: "b",
      normalizer: nil, classes: 9),
    Ending(
      testDescription: "pooling mixes probabilities", input: [1, 2, 3],
      layers: [("a", SoftmaxLayer()), ("b", GlobalPoolingLayer(.average))], logits: "b", normalizer: nil,
      classes: 3),
  ]

  @Test(arguments: endings)
  func findsLogits(ending: Ending) throws {
    let model = try model(ending.input, ending.layers)
    let head = model.head
    #expect(model.nodes[head.logits].name == ending.logits)
    #expect(head.normalizer == ending.normalizer)
    #expect(head.classes == ending.classes)
    #expect(head.isBinary == (ending.classes == 2))
  }

  @Test(arguments: endings.filter { $0.normalizer != nil && $0.classes != 2 })
  func probabilityScoresAreTheOutputs(ending: Ending) throws {
    let model = try model(ending.input, ending.layers)
    let input = Tensor(ending.input, seed: 4, from: -2, to: 2)
    let output = try model.predict(input).values
    for index in 0..<ending.classes {
      let (targets, scores) = try model.score(Target(.index(index), in: .probability), at: input)
      #expect(targets == [index])
      #expect(abs(scores[0] - Double(output[index])) < 1e-7)
    }
    #expect(try model.score(.topClass, at: input).targets == [Tensor([output.count], output).indexOfMaximum])
  }

  @Test func predictsTheFirstOfEqualClasses() throws {
    let head = try head(4, SoftmaxLayer())
    #expect(head.predictedClass([1, 3, 3, 2]) == 1)
    #expect(head.predictedClass([0, 0, 0, 0]) == 0)
    #expect(head.predictedClass([-5, -4, -9, -4]) == 1)
  }

  @Test func oneSigmoidPredictsClassOneAboveZero() throws {
    let head = try head(1, ActivationLayer(.sigmoid))
    #expect(head.predictedClass([0.001]) == 1)
    #expect(head.predictedClass([0]) == 0)
    #expect(head.predictedClass([-3]) == 0)
  }

  @Test func classZeroOfOneSigmoidIsTheOtherWayRound() throws {
    let head = try head(1, ActivationLayer(.sigmoid))
    #expect(head.score(of: 1, [2], in: .logit) == 2)
    #expect(head.score(of: 0, [2], in: .logit) == -2)
    // 1 / (1 + e^-2) = .880797, and what is left to one.
    #expect(abs(head.score(of: 1, [2], in: .probability) - 0.8807970779778823) < 1e-15)
    #expect(abs(head.score(of: 0, [2], in: .probability) - 0.1192029220221177) < 1e-15)
    #expect(head.cotangent(of: 1, [2], in: .logit) == [1])
    #expect(head.cotangent(of: 0, [2], in: .logit) == [-1])
    // p (1 - p) = .104994, with the sign of the class.
    #expect(abs(head.cotangent(of: 1, [2], in: .probability)[0] - 0.10499358540350652) < 1e-8)
    #expect(abs(head.cotangent(of: 0, [2], in: .probability)[0] + 0.10499358540350652) < 1e-8)
  }

  @Test func saturatedSoftmaxKeepsItsGradient() throws {
    let head = try head(3, SoftmaxLayer())
    let logits: [Float] = [40, 0, -3]
    // e^-40 = 4.248354e-18 and e^-43 = 2.115131e-19 are the other classes' probabilities; p(0) is one but for their sum.
    // d p(0) / d logits = p(0) (1 - p(0), -p(1), -p(2)).
    let found = head.cotangent(of: 0, logits, in: .probability)
    let expected: [Float] = [4.459867359e-18, -4.248354255e-18, -2.115131038e-19]
    for (value, right) in zip(found, expected) { #expect(abs(value / right - 1) < 1e-6) }
    // d p(1) / d logits = p(1) (-p(0), 1 - p(1), -p(2)): the last is e^-40 e^-43 = 8.985825e-37.
    let second = head.cotangent(of: 1, logits, in: .probability)
    let other: [Float] = [-4.248354255e-18, 4.248354255e-18, -8.985825944e-37]
    for (value, right) in zip(second, other) { #expect(abs(value / right - 1) < 1e-6) }
  }

  @Test(arguments: [40, -40] as [Float])
  func saturatedSigmoidKeepsItsGradient(logit: Float) throws {
    // The derivative is even: e^-40 / (1 + e^-40)^2 on both sides.
    let head = try head(2, ActivationLayer(.sigmoid))
    let found = head.cotangent(of: 1, [3, logit], in: .probability)
    #expect(found[0] == 0)
    #expect(abs(found[1] / 4.248354255e-18 - 1) < 1e-6)
  }

  @Test func softmaxOverPositionsKeepsToItsOwnRun() throws {
    // Two positions of three classes: output 4 is class 1 of the second position.
    let head = try model([1, 2, 3], [("a", SoftmaxLayer()), ("b", FlattenLayer())]).head
    let logits: [Float] = [9, 9, 9, 0, 0, 0]
    #expect(abs(head.score(of: 4, logits, in: .probability) - 1.0 / 3) < 1e-15)
    // p (1 - p) = 2/9 and -p p = -1/9, nothing at the first position.
    let found = head.cotangent(of: 4, logits, in: .probability)
    for (value, right) in zip(found, [0, 0, 0, -1.0 / 9, 2.0 / 9, -1.0 / 9]) {
      #expect(abs(Double(value) - right) < 1e-8)
    }
  }
}
