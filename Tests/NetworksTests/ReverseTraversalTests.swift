import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ReverseTraversalTests {
  /// A layer that multiplies by a number.
  private func times(_ factor: Float) -> NormalizationLayer {
    NormalizationLayer(ChannelScaling(scale: [factor], shift: [0]), parameterCount: 1)
  }

  /// x -> a = 2 x -> (b = 3 a, c = 5 a) -> d = b + c + a; beside it e = 7 x, which d does not read.
  private func diamond(probe: any Layer = IdentityLayer()) throws -> Model {
    var builder = ModelBuilder(name: "diamond")
    let x = try builder.add(InputLayer(shape: [1, 2, 1]), name: "x")
    let a = try builder.add(times(2), name: "a", after: [x])
    let b = try builder.add(times(3), name: "b", after: [a])
    let c = try builder.add(times(5), name: "c", after: [a])
    try builder.add(MergeLayer(.add), name: "d", after: [b, c, a])
    let e = try builder.add(times(7), name: "e", after: [x])
    try builder.add(probe, name: "probe", after: [e])
    return try builder.model()
  }

  private func pullback(
    _ model: Model, from source: String, to targets: [String],
    policy: some BackwardPolicy = DerivativePolicy()
  ) throws -> [[Float]] {
    let trace = try model.trace([Tensor([1, 2, 1], [1, -1])], for: Array(model.nodes.indices))
    let cotangent = Tensor([1, 2, 1], [1, 10])
    return try trace.pullback(
      cotangent, from: model.node(named: source), to: targets.map { try model.node(named: $0) },
      policy: policy
    ).map(\.values)
  }

  @Test func diamondSumsItsBranches() throws {
    // d = (3 + 5 + 1) a = 9 a = 18 x.
    #expect(try pullback(diamond(), from: "d", to: ["x"]) == [[18, 180]])
  }

  @Test func targetsInTheMiddleAndSeveralAtOnce() throws {
    // At a the three branches meet: 9. At b and c only the sum lies behind: 1. A target before another one still gets all.
    let found = try pullback(diamond(), from: "d", to: ["b", "x", "a", "c", "d"])
    #expect(found == [[1, 10], [18, 180], [9, 90], [1, 10], [1, 10]])
  }

  @Test func independentNodesGetZeros() throws {
    #expect(try pullback(diamond(), from: "d", to: ["e"]) == [[0, 0]])
    #expect(try pullback(diamond(), from: "b", to: ["c"]) == [[0, 0]])
    // What lies behind the source does not influence it.
    #expect(try pullback(diamond(), from: "a", to: ["d"]) == [[0, 0]])
  }

  @Test func nodeReadTwiceByOneLayerCountsTwice() throws {
    var builder = ModelBuilder(name: "double")
    let x = try builder.add(InputLayer(shape: [1, 2, 1]), name: "x")
    try builder.add(MergeLayer(.add), name: "sum", after: [x, x])
    let model = try builder.model()
    #expect(model.readers(of: x) == [1])
    #expect(try pullback(model, from: "sum", to: ["x"]) == [[2, 20]])
  }

  @Test func visitsOnlyNodesBetweenAndEachOnce() throws {
    let (before, between, aside) = (CountingLayer(), CountingLayer(), CountingLayer())
    var builder = ModelBuilder(name: "line")
    let x = try builder.add(InputLayer(shape: [1, 2, 1]), name: "x")
    let p = try builder.add(before, name: "before", after: [x])
    let q = try builder.add(between, name: "between", after: [p])
    let r = try builder.add(aside, name: "aside", after: [x])
    try builder.add(MergeLayer(.add), name: "sum", after: [q, q, r])
    let model = try builder.model()
    #expect(try pullback(model, from: "sum", to: ["before"]) == [[2, 20]])
    #expect(before.counts.pullback == 0)
    #expect(between.counts.pullback == 1)
    #expect(aside.counts.pullback == 0)
    #expect(try pullback(model, from: "sum", to: ["x"]) == [[3, 30]])
    #expect([before, between, aside].map(\.counts.pullback) == [1, 2, 1])
  }

  @Test func policyReplacesPullbacksOfItsLayers() throws {
    struct Doubling: BackwardPolicy {
      func pullback(_ cotangent: Tensor, through node: Model.Node, at site: Site) -> [Tensor]? {
        node.name == "b" ? [cotangent * 100] : nil
      }
    }
    // b counts 100 instead of 3: (100 + 5 + 1) * 2.
    #expect(try pullback(diamond(), from: "d", to: ["x"], policy: Doubling()) == [[212, 2120]])
    // The model is a value: the next derivative knows nothing of the policy.
    #expect(try pullback(diamond(), from: "d", to: ["x"]) == [[18, 180]])
  }

  @Test func policySeesTheSiteOfEveryNode() throws {
    struct OutputTimes: BackwardPolicy {
      func pullback(_ cotangent: Tensor, through node: Model.Node, at site: Site) -> [Tensor]? {
        node.layer.role == .normalization ? [cotangent * site.output * site.inputs[0]] : nil
      }
    }
    // From b = 6 x at x = (1, -1): through b times 6 x * 2 x = 12, through a times 2 x * x = 2.
    #expect(try pullback(diamond(), from: "b", to: ["x"], policy: OutputTimes()) == [[24, 240]])
  }
}
