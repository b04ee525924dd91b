import Explainers
import Reports
import TensorCore
import Testing

@Suite struct RegionTableTests {
  private func table(_ map: Tensor, samplingRate: Double? = nil) -> [Substring] {
    let attribution = Attribution(
      map: map, input: Tensor(map.shape), output: Tensor([1, 2]), target: 0, scoreSpace: .logit, score: 0,
      method: "gradient", preset: .signed)
    var table = RegionTable()
    table.append(attribution, .threshold(1), item: "x-0", samplingRate: samplingRate)
    return String(decoding: RegionTable(joining: [table]).bytes, as: UTF8.self).split(separator: "\n")
  }

  @Test func signalsHaveIntervalsInSamplesAndSeconds() {
    let rows = table(Tensor([1, 8, 1], [0, 0, 3, 1, 0, -4, 0, 0]), samplingRate: 4)
    #expect(
      rows == [
        "item,method,region,sign,start,end,start_seconds,end_seconds,sum,share,peak,peak_position",
        "x-0,gradient,1,positive,2,4,0.5,1.0,4.0,0.5,3.0,2",
        "x-0,gradient,2,negative,5,6,1.25,1.5,-4.0,0.5,-4.0,5",
      ])
  }

  @Test func withoutASamplingRateSecondsStayEmpty() {
    #expect(table(Tensor([1, 2, 1], [0, 2]))[1] == "x-0,gradient,1,positive,1,2,,,2.0,1.0,2.0,1")
  }

  @Test func imagesHaveBoxesAndCentroids() {
    let rows = table(Tensor([1, 2, 3, 1], [0, 1, 2, 0, 0, 1]))
    #expect(
      rows[0]
        == "item,method,region,sign,top,left,height,width,area,centroid_row,centroid_column,sum,share,peak,"
        + "peak_row,peak_column")
    #expect(
      rows[1]
        == "x-0,gradient,1,positive,0,1,2,2,3,0.3333333333333333,1.6666666666666667,4.0,1.0,2.0,0,2")
  }

  @Test func onlyTheLargestAreListed() {
    let stripes = (0..<400).map { Float($0 % 2 == 0 ? 0 : $0) }
    #expect(table(Tensor([1, 400, 1], stripes)).count == 1 + RegionTable.mostRegions)
  }
}
