import Explainers
import Figures
import Foundation
import TensorCore
import Testing

/// Whole figures, looked at as a reader would: what is red, what is blue, what is written.
@Suite struct AttributionFigureTests {
  private static let strongestRed = ColorMap.signed.color(at: 1).packed
  private static let strongestBlue = ColorMap.signed.color(at: 0).packed
  private static let neutral = ColorMap.signed.color(at: 0.5).packed

  /// Something that must be drawn without a failure.
  struct Form: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sample: Attribution

    init(_ name: String, _ sample: Attribution) {
      testDescription = name
      self.sample = sample
    }
  }

  static let forms: [Form] = [
    Form("signal", attribution([1, 40, 1])),
    Form("non-negative signal", attribution([1, 40, 1], preset: .nonNegative, map: { Float($0 % 5) })),
    Form("one sample", attribution([1, 1, 1])),
    Form("two samples", attribution([1, 2, 1])),
    Form("three channels", attribution([1, 50, 3])),
    Form("three channels, one map", attribution([1, 50, 3], mapShape: [1, 50, 1])),
    Form("twelve channels", attribution([1, 30, 12])),
    Form("channel grid", attribution([1, 60, 13])),
    Form("channel grid, one map", attribution([1, 60, 40], mapShape: [1, 60, 1])),
    Form("channel grid of one sample", attribution([1, 1, 20])),
    Form("constant channel grid", attribution([1, 9, 20], input: { _ in 2 }, map: { _ in 0 })),
    Form("long signal", attribution([1, 5000, 1])),
    Form("features", attribution([1, 12])),
    Form("one map for all features", attribution([1, 12], mapShape: [1, 1])),
    Form("many features", attribution([1, 3000])),
    Form("grey image", attribution([1, 8, 10, 1])),
    Form(
      "colour image",
      attribution([1, 8, 10, 3], mapShape: [1, 8, 10, 1], preset: .nonNegative, map: { Float($0) })
    ),
    Form("two-channel image", attribution([1, 8, 10, 2])),
    Form("one pixel", attribution([1, 1, 1, 3])),
    Form("wide image", attribution([1, 4, 200, 1])),
    Form("tall image", attribution([1, 200, 4, 1])),
    Form("volume", attribution([1, 5, 8, 10, 1])),
    Form("zero signal map", attribution([1, 20, 1], map: { _ in 0 })),
    Form("zero image map", attribution([1, 8, 8, 3], preset: .nonNegative, map: { _ in 0 })),
    Form("constant map", attribution([1, 20, 1], input: { _ in 3 }, map: { _ in 7 })),
    Form("negative constant", attribution([1, 20, 1], input: { _ in -3 }, map: { _ in -7 })),
    Form(
      "largest numbers",
      attribution([1, 9, 2], input: { $0 % 2 == 0 ? 3.4e38 : -3.4e38 }, map: { _ in 3.4e38 })
    ),
    Form(
      "largest image",
      attribution([1, 4, 4, 3], input: { $0 % 2 == 0 ? 3.4e38 : -3.4e38 }, map: { _ in 3.4e38 })
    ),
    Form(
      "smallest numbers",
      attribution(
        [1, 9, 1], input: { Float($0) * Float.leastNonzeroMagnitude },
        map: { Float($0) * -Float.leastNonzeroMagnitude })
    ),
  ]

  static let wordy = FigureOptions(
    itemName: "R&D <Größe> " + String(repeating: "very long ", count: 50) + "end.tif",
    classNames: ["", "Vorhof&flimmern <AF> " + String(repeating: "Ωμέγα ", count: 100)],
    channelNames: ["I", String(repeating: "a long channel name ", count: 20)], label: 2,
    methodTitle: String(repeating: "a long method name ", count: 40), samplingRate: 125)

  @Test(arguments: forms) func everyFormIsDrawnWithinItsMargins(form: Form) throws {
    let raster = try #require(decoded(try form.sample.figure(as: .png, options: Self.wordy)))
    #expect((1100...2200).contains(raster.width))
    #expect((300...2500).contains(raster.height))
    #expect(raster.hasWhiteBorder(16), "something is cut off at an edge")
  }

  @Test(arguments: FigureFormat.allCases) func theSameFigureHasTheSameBytes(format: FigureFormat) throws {
    for sample in [attribution([1, 600, 2]), attribution([1, 8, 10, 3])] {
      let first = try sample.figure(as: format, options: Self.wordy)
      #expect(try sample.figure(as: format, options: Self.wordy) == first)
    }
  }

  @Test func pdfHasOnePageAndAFixedDate() throws {
    let text = String(decoding: try attribution([1, 40, 1]).figure(as: .pdf), as: UTF8.self)
    #expect(text.hasPrefix("%PDF"))
    #expect(text.components(separatedBy: "/Type /Page ").count == 2)
    #expect(text.contains("/Count 1"))
    #expect(text.contains("/CreationDate (20000101000000"))
  }

  @Test(arguments: forms) func svgIsWellFormedAndSaysWhatItShows(form: Form) throws {
    let bytes = try form.sample.figure(as: .svg, options: Self.wordy)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("<title>R&amp;D &lt;Größe&gt; very long "))
    #expect(text.contains("<desc>predicted: Vorhof&amp;flimmern &lt;AF&gt; Ωμέγα "))
    #expect(text.contains("; label: class 2; logit 2.500; "))
    // Every reference has its definition.
    let defined = Set(text.matches(of: /\sid="(n\d+)"/).map { String($0.1) })
    let used = Set(text.matches(of: /(?:href="#|url\(#)(n\d+)/).map { String($0.1) })
    #expect(used.isSubset(of: defined))
    #expect(text.hasSuffix("</svg>\n"))
  }

  @Test func factsNameTheDecision() throws {
    var sample = attribution([1, 8, 8, 3], method: "grad-cam", layer: "conv2d_3", gap: -0.00312)
    sample.target = 0
    sample.scoreSpace = .probability
    sample.score = 0.1
    let options = FigureOptions(classNames: ["TUMOR", "STROMA"], methodTitle: "Grad-CAM")
    let text = String(decoding: try sample.figure(as: .svg, options: options), as: UTF8.self)
    #expect(
      text.contains(
        "<desc>explained: TUMOR; predicted: STROMA; probability 0.1000; Grad-CAM at conv2d_3; sum over 3 channels; "
          + "completeness gap −0.0031</desc>"))
  }

  @Test(arguments: [
    ("zero signal map", "the map is zero everywhere"), ("zero image map", "the map is zero everywhere"),
    ("volume", "middle slice: 3 of 5"), ("three channels", "bars: sum over 3 channels"),
    ("three channels, one map", "one map for all channels"), ("two-channel image", "sum over 2 channels"),
    ("two-channel image", "input: mean of 2 channels"),
    ("wide image", "not to scale: the shorter side is stretched"),
    ("long signal", "samples per pixel column: outline of the curve, strongest attribution"),
    ("many features", "features per pixel column: the largest and the least"),
  ])
  func notesSayWhatIsNotObvious(name: String, note: String) throws {
    let sample = try #require(Self.forms.first { $0.testDescription == name }).sample
    #expect(String(decoding: try sample.figure(as: .svg), as: UTF8.self).contains(note))
  }

  @Test func aSingleOutputIsAQuestionOfOneHalf() throws {
    var sample = attribution([1, 5, 1])
    for (output, expected) in [
      (Float(0.51), "predicted: class 1;"), (0.5, "explained: class 1; predicted: class 0;"),
    ] {
      sample.output = Tensor([1, 1], [output])
      #expect(String(decoding: try sample.figure(as: .svg), as: UTF8.self).contains("<desc>" + expected))
    }
  }

  @Test func positiveIsRedAndNegativeIsBlueOverASignal() throws {
    // Ten samples: the third has the largest, the seventh the least attribution.
    let sample = attribution([1, 10, 1], input: { _ in 0 }, map: { [2: 1, 6: -1][$0] ?? 0 })
    let raster = try #require(decoded(try sample.figure(as: .png)))
    // A line high in the band, above the curve: the first one with both ends of the colours.
    let line = try #require(
      (0..<raster.height).lazy.map(raster.line).first { line in
        line.contains(Self.strongestRed) && line.count { $0 == Self.neutral } > 400
      })
    let red = line.indices.filter { line[$0] == Self.strongestRed }
    let blue = line.indices.filter { line[$0] == Self.strongestBlue }
    let neutral = line.indices.filter { line[$0] == Self.neutral }
    let (left, right) = (try #require(neutral.min()), try #require(neutral.max()))
    let cell = Double(right - left + 1) / 10
    #expect(abs(Double(red.count) - cell) < 3 && abs(Double(blue.count) - cell) < 3)
    #expect(abs(Double(try #require(red.min()) - left) - 2 * cell) < 3)
    #expect(abs(Double(try #require(blue.min()) - left) - 6 * cell) < 3)
  }

  @Test func imagesAreColouredByTheirMap() throws {
    // 8 x 8 pixels enlarged 64 times: one red, one blue, 62 neutral.
    let sample = attribution([1, 8, 8, 1], input: { _ in 0 }, map: { [9: 1, 62: -1][$0] ?? 0 })
    let colors = try #require(decoded(try sample.figure(as: .png))).histogram
    let cell = 64 * 64
    // The colour bar and the frame change little.
    #expect(abs(try #require(colors[Self.strongestRed]) - cell) < 300)
    #expect(abs(try #require(colors[Self.strongestBlue]) - cell) < 300)
    #expect(abs(try #require(colors[Self.neutral]) - 62 * cell) < 3000)
    // The overlay lightens a black picture to 42 % grey where the map is zero.
    #expect(abs(try #require(colors[0x6B6B6B]) - 62 * cell) < 3000)
    #expect(try #require(colors[0x000000]) > 60 * cell)
  }

  @Test func nonNegativeMapsAreColouredFromZero() throws {
    let sample = attribution([1, 8, 8, 1], preset: .nonNegative, map: { $0 == 0 ? 2 : 0 })
    let colors = try #require(decoded(try sample.figure(as: .png))).histogram
    #expect(try #require(colors[ColorMap.nonNegative.color(at: 0).packed]) > 60 * 64 * 64)
    #expect(colors[Self.strongestBlue] == nil && colors[Self.strongestRed] == nil)
  }

  @Test func channelsAreAddedOverAnImage() throws {
    // Channels of +1 and -1 cancel: nothing is red or blue but the ends of the colour bar.
    let sample = attribution([1, 8, 8, 2], map: { $0 % 2 == 0 ? 1 : -1 })
    let colors = try #require(decoded(try sample.figure(as: .png))).histogram
    #expect(try #require(colors[Self.neutral]) > 63 * 64 * 64)
  }

  @Test func picturesAreShownInTheirOwnColours() throws {
    // A picture of twice the resolution with one colour.
    let picture = Tensor([1, 16, 16, 3], (0..<768).map { [1, 0.2, 0][$0 % 3] })
    let sample = attribution([1, 8, 8, 1])
    let colors = try #require(decoded(try sample.figure(as: .png, options: FigureOptions(picture: picture))))
      .histogram
    #expect(try #require(colors[0xFF3300]) > 63 * 64 * 64)
  }

  @Test(
    arguments: [
      // 0.5 of 0...1, of -1...1 and 127.5 of 0...255.
      ([0, 0.5, 1], nil, 0x808080), ([-1, 0, 1], nil, 0x808080), ([0, 51, 255], nil, 0x333333),
      // Their own range: 3 is half way from 1 to 5 but beyond no usual range below 255.
      ([-5, 0, 5], nil, 0x808080), ([0, 1, 2], 0.0...2, 0x808080),
    ] as [([Float], ClosedRange<Double>?, UInt32)])
  func inputsAreShownInTheirRange(values: [Float], range: ClosedRange<Double>?, middle: UInt32) throws {
    let sample = attribution([1, 3, 3, 1], input: { values[$0 % 3] }, map: { _ in 0 })
    let options = FigureOptions(displayRange: range)
    let colors = try #require(decoded(try sample.figure(as: .png, options: options))).histogram
    // A third of 3 x 3 cells of 170 pixels.
    #expect(try #require(colors[middle]) > 3 * 169 * 169)
  }

  @Test func embeddedSignalsAreDrawnAsSignals() throws {
    let signal = attribution([1, 40, 1])
    let embedded = attribution([1, 1, 40, 1])
    #expect(try signal.figure(as: .png) == embedded.figure(as: .png))
  }

  @Test func filesAreWrittenWhole() throws {
    let path = NSTemporaryDirectory() + "signallens-\(UUID().uuidString).pdf"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let sample = attribution([1, 40, 1])
    try sample.writeFigure(to: path, format: .pdf)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == sample.figure(as: .pdf))
  }
}
