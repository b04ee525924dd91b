import Datasets
import Foundation
import TensorCore
import Testing

/// The conventions of keras.applications, against what it answers (`Scripts/make-preprocess-answers.py`).
@Suite struct PreprocessingTests {
  private func answers() throws -> [String: [Float]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("preprocess.answers.json")))
    return try JSONDecoder().decode([String: [Float]].self, from: data)
  }

  @Test(arguments: [Preprocessing.caffe, .tf, .torch, .scale], [true, false])
  func agreesWithKeras(preprocessing: Preprocessing, isImage: Bool) throws {
    let answers = try answers()
    let pixels = try #require(answers["pixels"])
    let expected = try #require(answers[preprocessing.rawValue])
    let shape: Shape = [1, 1, pixels.count / 3, 3]
    let found = try InputScaling(preprocessing)(Tensor(shape, pixels), isImage: isImage).values
    #expect(found.count == expected.count && found.count == 21)
    for (ours, theirs) in zip(found, expected) { #expect(abs(ours - theirs) <= 1e-5 * max(abs(theirs), 1)) }
  }

  @Test func noneLeavesPixels() throws {
    let pixels = Tensor([1, 1, 1, 3], [0, 17, 255])
    #expect(try InputScaling(.none)(pixels, isImage: true) == pixels)
  }

  /// B - 103.939, G - 116.779, R - 123.68 of the pixel (10, 20, 30), which is BGR (30, 20, 10).
  @Test func caffeTurnsTheChannelsRound() throws {
    let found = try InputScaling(.caffe)(Tensor([1, 1, 1, 3], [10, 20, 30]), isImage: true).values
    let expected: [Double] = [30 - 103.939, 20 - 116.779, 10 - 123.68]
    #expect(found == expected.map { Float($0) })
  }

  @Test(arguments: [Preprocessing.caffe, .torch])
  func conventionsOfColourRefuseGrey(preprocessing: Preprocessing) {
    #expect(throws: InputError.preprocessingChannels(preprocessing, expected: 3, found: 1)) {
      try InputScaling(preprocessing)(Tensor([1, 2, 2, 1]), isImage: true)
    }
  }
}
