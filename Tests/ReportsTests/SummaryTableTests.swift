import Explainers
import Reports
import TensorCore
import Testing

@Suite struct SummaryTableTests {
  @Test func aRowHoldsScoresSumsAndGap() {
    let attribution = Attribution(
      map: Tensor([1, 3, 1], [1, -2, 4]), input: Tensor([1, 3, 1]), output: Tensor([1, 2]), target: 1,
      scoreSpace: .probability, score: 0.75, baselineScore: 0.5, completenessGap: 2.75,
      method: "integrated-gradients",
      preset: .signed)
    var table = SummaryTable()
    table.append(attribution, item: "x-3", targetName: "normal, at rest", seconds: 0.12345678)
    let rows = String(decoding: SummaryTable(joining: [table, table]).bytes, as: UTF8.self).split(
      separator: "\n")
    #expect(rows.count == 3)
    #expect(
      rows[1]
        == "x-3,integrated-gradients,,1,\"normal, at rest\",0.75,probability,0.5,3.0,2.75,-2.0,4.0,0.123457")
  }

  @Test func whatAMethodDoesNotHaveStaysEmpty() {
    let attribution = Attribution(
      map: Tensor([1, 1, 1]), input: Tensor([1, 1, 1]), output: Tensor([1, 2]), target: 0, scoreSpace: .logit,
      score: -1e-7, method: "grad-cam", layer: "conv1d", preset: .nonNegative)
    var table = SummaryTable()
    table.append(attribution, item: "a", targetName: "", seconds: 0)
    #expect(
      String(decoding: table.bytes, as: UTF8.self).hasSuffix(
        "a,grad-cam,conv1d,0,,-1e-07,logit,,0.0,,0.0,0.0,0.0\n"))
  }
}
