import Scoring
import Testing

@Suite struct LayerOrderTests {
  @Test func layersOfEveryStep() {
    let layers = ["a", "b", "c"]
    #expect(LayerOrder.topDown.steps(of: layers) == [["c"], ["b", "c"], ["a", "b", "c"]])
    #expect(LayerOrder.bottomUp.steps(of: layers) == [["a"], ["a", "b"], ["a", "b", "c"]])
    #expect(LayerOrder.independent.steps(of: layers) == [["a"], ["b"], ["c"]])
    #expect(LayerOrder.topDown.steps(of: []).isEmpty)
  }
}
