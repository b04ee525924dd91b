import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct NodePassTests {
  private let network = TinyNetwork(rank: 2)

  @Test func severalNodesAtOnceAreThoseOneByOne() throws {
    let model = try network.model()
    let nodes = try ["pool", "input", "conv-2-activation", "conv"].map { try model.node(named: $0) }
    let together = try model.backward(from: .topClass, at: network.input(), to: nodes)
    for (index, node) in nodes.enumerated() {
      let alone = try model.backward(from: .topClass, at: network.input(), to: node)
      #expect(together.values[index].distance(to: alone.value) < 1e-6)
      #expect(together.gradients[index].distance(to: alone.gradient) < 1e-6)
      #expect(together.targets == alone.targets && together.output == alone.output)
    }
  }

  @Test func aForwardPassHasNoGradients() throws {
    let model = try network.model()
    let pool = try model.node(named: "pool")
    let forward = try model.forward(to: .topClass, at: network.input(), keeping: [pool])
    let backward = try model.backward(from: .topClass, at: network.input(), to: [pool])
    #expect(forward.values == backward.values && forward.scores == backward.scores)
    #expect(forward.gradients.isEmpty)
  }

  /// A policy meets every rectifier, whatever kernels compute it otherwise.
  @Test func policiesMeetEveryNode() throws {
    struct Stopping: BackwardPolicy {
      var name: String
      func pullback(_ cotangent: Tensor, through node: Model.Node, at site: Site) -> [Tensor]? {
        node.name == name ? site.inputs.map { Tensor($0.shape) } : nil
      }
    }
    let model = try network.model()
    for name in model.nodes.dropFirst().map(\.name) where name != "softmax" {
      let pass = try model.backward(
        from: .topClass, at: network.input(), to: [model.inputs[0]], policy: Stopping(name: name))
      #expect(pass.gradients[0].values.allSatisfy { $0 == 0 }, "\(name)")
    }
    let plain = try model.backward(
      from: .topClass, at: network.input(), to: [model.inputs[0]], policy: DerivativePolicy())
    let fused = try model.backward(from: .topClass, at: network.input())
    #expect(plain.gradients[0].distance(to: fused.gradient) < 1e-6)
  }
}
