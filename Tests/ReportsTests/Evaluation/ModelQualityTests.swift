import Reports
import Testing

@Suite struct ModelQualityTests {
  /// Two classes, three items: one of class 0 right, one of class 0 wrong, one of class 1 right.
  private var quality: ModelQuality {
    var quality = ModelQuality(classes: 2)
    quality.add(label: 0, predicted: 0, outputs: [0.9, 0.1])
    quality.add(label: 0, predicted: 1, outputs: [0.4, 0.6])
    quality.add(label: 1, predicted: 1, outputs: [0.2, 0.8])
    quality.add(label: 9, predicted: 1, outputs: [0.2, 0.8])
    return quality
  }

  @Test func classesByHand() {
    let third = 2.0 / 3
    #expect(
      String(decoding: quality.classTable(names: ["no", "yes"]), as: UTF8.self) == """
        class,name,support,accuracy,precision,recall,f1,auc
        0,no,2,0.5,1.0,0.5,\(third),1.0
        1,yes,1,1.0,0.5,1.0,\(third),1.0
        macro,,3,0.75,0.75,0.75,\(third),1.0
        weighted,,3,\(third),\(2.5 / 3),\(third),\(third),1.0
        all,,3,\(third),,,,

        """)
  }

  @Test func confusionsAndCurves() {
    #expect(
      String(decoding: quality.confusionTable(names: ["no"]), as: UTF8.self)
        == "label,predicted,count\nno,no,1\nno,1,1\n1,no,0\n1,1,1\n")
    let curves = String(decoding: quality.curveTable(names: []), as: UTF8.self).split(separator: "\n")
    #expect(curves[0] == "class,threshold,false_positive_rate,true_positive_rate")
    #expect(curves[1] == "0,,0.0,0.0")
    #expect(curves.count == 1 + 2 * 4)
    #expect(ModelQuality(classes: 2).isEmpty)
    #expect(quality.accuracy == 2.0 / 3)
  }
}
