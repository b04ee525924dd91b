import Reports
import Testing

@Suite struct PredictionTableTests {
  @Test func aRowHoldsAllOutputs() {
    var table = PredictionTable(outputs: 2)
    table.append(item: "x-0", label: nil, predicted: 1, outputs: [0.25, 0.75])
    table.append(item: "x-1", label: 0, predicted: 0, outputs: [1, 1e-9])
    #expect(
      String(decoding: table.bytes, as: UTF8.self)
        == "item,label,predicted,output_0,output_1\nx-0,,1,0.25,0.75\nx-1,0,0,1.0,1e-09\n")
  }
}
