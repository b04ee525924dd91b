import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// The networks of `keras.applications` against what Keras answers for them in 64 bits.
@Suite(.serialized, .enabled(if: isOptimized)) struct ApplicationTests {
  @Test func allNetworksAreThere() throws {
    let archive = try #require(Application.archive)
    let members = Application.names.flatMap { ["\($0).answers.json", "\($0).json"] }
    #expect(archive.entries.map(\.name).sorted() == members.sorted())
  }

  @Test(arguments: Application.names)
  func predictionAndGradientAreThoseOfKeras(name: String) throws {
    let application = try Application(name, in: #require(Application.archive))
    let answers = application.answers
    let (model, input) = try application.open()

    let found = try model.predict(input).values
    #expect(found.count == answers.prediction.count)
    for (a, b) in zip(found, answers.prediction) { #expect(abs(a - b) <= 1e-5 + 1e-4 * abs(b)) }

    let pass = try model.backward(from: Target(.top, in: .probability), at: input)
    #expect(pass.targets == [answers.target])
    let gradient = pass.gradient.values
    let kept = stride(from: 0, to: gradient.count, by: answers.stride).map { gradient[$0] / answers.largest }
    #expect(kept.count == answers.gradient.count)
    // Half of the places are as good as rounding allows; single ones are off by up to 5e-3 in two networks.
    let errors = zip(kept, answers.gradient).map { abs($0 - $1) }.sorted()
    #expect(errors[errors.count / 2] <= 1e-3 && errors[errors.count - 1] <= 1e-2, "\(errors.suffix(3))")
  }

  /// Nothing in them is rewritten but the slopes of `hard_sigmoid`, `hard_silu` and constants, so that the answer stays; MobileNet 3 has so many
  /// of them one behind the other that their rounding grows.
  @Test(arguments: Application.names)
  func itIsWrittenAndReadBack(name: String) throws {
    let (model, input) = try Application(name, in: #require(Application.archive)).open()
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(keras: path)
    let again = try Model(keras: path)
    #expect(again.parameterCount == model.parameterCount)
    let (before, after) = (try model.predict(input), try again.predict(input))
    let bound: Float = name.hasPrefix("mobilenet-v3") ? 2e-5 : 1e-6
    #expect(ModelWritingTests.difference(after, before) <= bound)
  }
}
