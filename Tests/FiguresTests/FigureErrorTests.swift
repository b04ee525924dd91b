import Boundary
import Figures
import Foundation
import TensorCore
import Testing

@Suite struct FigureErrorTests {
  static let sentences: [(FigureError, FailureClass, String)] = [
    (
      .notFinite(item: "x_test-3", what: "the attribution map", position: [0, 4, 1], value: "nan"), .badData,
      "cannot draw 'x_test-3': the attribution map holds nan at [0, 4, 1], expected finite numbers; "
        + "look for overflow or missing values in the input and the model"
    ),
    (
      .notFinite(item: "", what: "the score", position: [], value: "inf"), .badData,
      "cannot draw the figure: the score holds inf, expected finite numbers; "
        + "look for overflow or missing values in the input and the model"
    ),
    (
      .notOneItem(item: "a", what: "the input", shape: [2, 40, 1]), .defect,
      "cannot draw 'a': the input has the shape 2x40x1, expected 1 item with at least one value; "
        + "explain one item at a time"
    ),
    (
      .mapDoesNotFit(item: "a", map: [1, 20, 1], input: [1, 40, 3]), .defect,
      "cannot draw 'a': an attribution map of 1x20x1 does not fit an input of 1x40x3, expected the same positions and "
        + "1 or 3 channels; bring the map to the resolution of the input"
    ),
    (
      .pictureShape(item: "a", found: [28, 28]), .usage,
      "cannot draw 'a': the picture has the shape 28x28, expected 1 x height x width x channels; "
        + "give one image or leave the picture out"
    ),
    (
      .option(name: "a sampling rate of", expected: "1e-9 to 1e12 Hz", found: "-1.0"), .usage,
      "cannot draw a figure with a sampling rate of -1.0, expected 1e-9 to 1e12 Hz; change it or leave it out"
    ),
    (
      .notWritable(path: "out/a.png", reason: "No such file or directory"), .usage,
      "cannot write the figure 'out/a.png': No such file or directory; "
        + "name an output in a folder that exists and can be written to"
    ),
    (
      .drawing(format: .pdf, reason: "out of memory"), .defect,
      "cannot draw a pdf figure: the library reports 'out of memory'; check that cairo, libpng and the DejaVu fonts are installed"
    ),
  ]

  @Test(arguments: sentences) func sayWhatToDo(error: FigureError, failure: FailureClass, sentence: String) {
    #expect(error.description == sentence)
    #expect(error.failureClass == failure)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func valuesMustBeFinite(value: Float) {
    var sample = attribution([1, 3, 2])
    sample.map[0, 2, 1] = value
    let inMap = FigureError.notFinite(
      item: "a b", what: "the attribution map", position: [0, 2, 1], value: "\(value)")
    #expect(throws: inMap) { try sample.figure(as: .png, options: FigureOptions(itemName: "a\nb")) }
    sample.input[0, 0, 1] = value
    let inInput = FigureError.notFinite(item: "", what: "the input", position: [0, 0, 1], value: "\(value)")
    #expect(throws: inInput) { try sample.figure(as: .png) }
  }

  @Test func outputScoreAndPictureMustBeFinite() {
    var sample = attribution([1, 3, 2])
    sample.score = .nan
    #expect(throws: FigureError.notFinite(item: "", what: "the score", position: [], value: "nan")) {
      try sample.figure(as: .png)
    }
    sample.output[0, 1] = .infinity
    #expect(
      throws: FigureError.notFinite(item: "", what: "the model's output", position: [0, 1], value: "inf")
    ) { try sample.figure(as: .png) }
    let picture = Tensor([1, 1, 1, 1], [.nan])
    #expect(
      throws: FigureError.notFinite(item: "", what: "the picture", position: [0, 0, 0, 0], value: "nan")
    ) {
      try attribution([1, 3, 3, 1]).figure(as: .png, options: FigureOptions(picture: picture))
    }
  }

  @Test(arguments: [[2, 4, 1], [1, 0, 1], [4], []]) func inputsAreOneItem(extents: [Int]) {
    let shape = Shape(extents)
    var sample = attribution([1, 4, 1])
    sample.input = Tensor(shape)
    #expect(throws: FigureError.notOneItem(item: "", what: "the input", shape: shape)) {
      try sample.figure(as: .svg)
    }
  }

  @Test(arguments: [[1, 3, 2], [1, 4, 3], [1, 4, 1, 2]]) func mapsFitTheirInput(extents: [Int]) {
    let sample = attribution([1, 4, 2], mapShape: Shape(extents))
    #expect(throws: FigureError.mapDoesNotFit(item: "", map: Shape(extents), input: [1, 4, 2])) {
      try sample.figure(as: .svg)
    }
  }

  @Test(arguments: [[28, 28], [2, 4, 4, 3], [1, 0, 4, 3]]) func picturesAreOneImage(extents: [Int]) {
    let options = FigureOptions(picture: Tensor(Shape(extents)))
    #expect(throws: FigureError.pictureShape(item: "", found: Shape(extents))) {
      try attribution([1, 4, 4, 3]).figure(as: .svg, options: options)
    }
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e300, 1e-300]) func samplingRatesArePositive(rate: Double) {
    let expected = FigureError.option(
      name: "a sampling rate of", expected: "1e-9 to 1e12 Hz", found: "\(rate)")
    #expect(throws: expected) {
      try attribution([1, 4, 1]).figure(as: .svg, options: FigureOptions(samplingRate: rate))
    }
  }

  @Test(arguments: [0, -5, 100.5, .nan]) func percentilesAreFromZeroToAHundred(rank: Double) {
    let expected = FigureError.option(
      name: "a colour limit at percentile", expected: "above 0 and at most 100", found: "\(rank)")
    #expect(throws: expected) {
      try attribution([1, 4, 1]).figure(as: .svg, options: FigureOptions(colorLimit: .percentile(rank)))
    }
  }

  @Test(arguments: [1.0...1, 0...Double.infinity]) func displayRangesHaveTwoEnds(range: ClosedRange<Double>) {
    let expected = FigureError.option(
      name: "a display range of", expected: "two different finite numbers", found: "\(range)")
    #expect(throws: expected) {
      try attribution([1, 4, 4, 1]).figure(as: .svg, options: FigureOptions(displayRange: range))
    }
  }

  @Test func unwritableFilesAreNamed() throws {
    let path = NSTemporaryDirectory() + "signallens-missing-\(UUID().uuidString)/figure.png"
    let error = #expect(throws: FigureError.self) {
      try attribution([1, 4, 1]).writeFigure(to: path, format: .png)
    }
    guard case .notWritable(path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
