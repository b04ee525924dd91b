import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct KernelSHAPTests {
  @Test(arguments: PerturbationAnswers.cases)
  func exactValuesAreThoseOfAllPermutations(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    let name = try #require(try answers.names(beginning: "kernel-shap-equal").first)
    let count = try #require(name.split(separator: "-").last.flatMap { Int($0) })
    let method = KernelSHAP(segmentation: Segmentation(.equal, count: count))
    #expect(try answers.worst(method, name) <= 1e-5)
    let found = try answers.model.explain(answers.inputs.item(0), with: method)
    // The answer, nothing, and all other coalitions.
    #expect(found.passes == 1 << count && found.standardError == nil)
    #expect(found.notes == ["exact: all coalitions of \(count) segments were scored"])
  }

  @Test(arguments: PerturbationAnswers.cases)
  func sampledValuesSolveTheConstrainedEquations(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    let name = try #require(try answers.names(beginning: "kernel-shap-sampled").first)
    let count = try #require(name.split(separator: "-").last.flatMap { Int($0) })
    let method = KernelSHAP(masks: 150, segmentation: Segmentation(.equal, count: count), seed: 11)
    #expect(try answers.worst(method, name) <= 1e-5)
  }

  /// Every position is a segment: the map itself sums to the difference of the scores, however few coalitions there are.
  @Test(arguments: [1, 5, 50, 100_000])
  func valuesSumToTheDifference(masks: Int) throws {
    let network = TinyNetwork(rank: 1)
    let found = try network.model().explain(network.input(), with: .kernelSHAP(masks: masks))
    let empty = try #require(found.baselineScore)
    #expect(abs(found.map.sum - (found.score - empty)) <= 1e-6)
    #expect(abs(try #require(found.completenessGap)) <= 1e-12)
  }

  /// `score = x1 + x2 + x1 x2` at (1, 1): both get 1.5; a third that does nothing gets nothing.
  @Test func interactionsAreShared() throws {
    var builder = ModelBuilder(name: "product")
    let input = try builder.add(InputLayer(shape: [1, 3, 1]), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [input])
    func dense(_ weights: [Float], _ name: String) throws -> Model.Node.ID {
      let convolution = try Convolution(weights: Tensor([3, 1], weights), window: Window(kernel: []))
      return try builder.add(ConvolutionLayer(convolution), name: name, after: [flat])
    }
    let (first, second, sum) = try (
      dense([1, 0, 0], "x1"), dense([0, 1, 0], "x2"), dense([1, 1, 0], "x1 + x2")
    )
    let product = try builder.add(MergeLayer(.multiply), name: "x1 x2", after: [first, second])
    try builder.add(MergeLayer(.add), name: "score", after: [product, sum])
    let found = try builder.model().explain(
      Tensor([1, 3, 1], repeating: 1), with: .kernelSHAP(), for: .index(0))
    for (a, b) in zip(found.map.values, [1.5, 1.5, 0] as [Float]) { #expect(abs(a - b) <= 1e-6) }
  }

  @Test func aSingleSegment() throws {
    let network = TinyNetwork(rank: 1)
    let method = KernelSHAP(segmentation: Segmentation(.equal, count: 1))
    let found = try network.model().explain(network.input(), with: method)
    let empty = try #require(found.baselineScore)
    #expect(found.map.values.allSatisfy { $0 == Float(found.score - empty) })
  }

  @Test func sampledValuesHaveErrors() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let few = try #require(
      try model.explain(network.input(), with: .kernelSHAP(masks: 100)).standardError
    ).sum
    let many = try #require(
      try model.explain(network.input(), with: .kernelSHAP(masks: 1600)).standardError
    ).sum
    // Sixteen times as many coalitions: a quarter of the error.
    #expect(abs(many / few - 0.25) < 0.08)
  }
}
