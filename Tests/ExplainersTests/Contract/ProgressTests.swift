import Explainers
import Networks
import Synchronization
import TestSupport
import Testing

@Suite struct ProgressTests {
  private final class Heard: Sendable {
    let shares = Mutex([Double]())
  }

  @Test(arguments: [
    "rise", "sise", "occlusion", "lime", "kernel-shap", "feature-ablation", "score-cam",
    "integrated-gradients",
    "smooth-grad", "consensus",
  ])
  func sharesLeadUpToTheEnd(id: String) throws {
    let network = TinyNetwork(rank: 1)
    let heard = Heard()
    _ = try network.model().explain(network.input(), with: MethodCatalog.method(id)) { share in
      heard.shares.withLock { $0.append(share) }
    }
    let shares = heard.shares.withLock { $0 }
    let last = try #require(shares.last)
    #expect(abs(last - 1) < 1e-9)
    #expect(shares.allSatisfy { (0...1.000001).contains($0) })
  }
}
