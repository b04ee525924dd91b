import Foundation
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Files with one thing wrong, and what is said about each.
@Suite struct KerasFormatErrorTests {
  /// File names with the sentence, in which FILE stands for the path.
  static let sentences: [(file: String, said: String)] = {
    let text = (try? String(contentsOfFile: Fixture.path("sentences.txt"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line -> (file: String, said: String)? in
      guard let colon = line.range(of: ": ") else { return nil }
      let said = String(line[colon.upperBound...])
      return (String(line[..<colon.lowerBound]), said)
    }
  }()

  /// Files that HDF5 cannot read, or in which it finds something else than what is looked for.
  static let unreadable = [
    "not-there.h5", "empty.h5", "not-hdf5.h5", "signature-only.h5", "truncated.h5", "truncated-tail.h5",
    "broken-tree.h5", "broken-heap.h5", "config-not-utf8.h5", "weights-is-a-dataset.h5",
    "weight-dataset-missing.h5", "weight-is-text.h5", "weight-is-a-group.h5", "weight-outside.h5",
    "weight-external-link.h5", "weight-link-loop.h5",
  ]

  /// Files with an oddity that takes nothing away from the model.
  static let harmless = [
    "layer-names-are-numbers.h5", "missing-layer-names.h5", "weight-extra.h5", "keras-1.h5",
  ]

  @Test(arguments: sentences)
  func says(file: String, said: String) {
    let path = Fixture.hostile(file)
    #expect(sentence { _ = try Model(keras: path) }.replacingOccurrences(of: path, with: "FILE") == said)
  }

  @Test func everyFileIsInOneOfTheTables() throws {
    let known = Set(
      Self.sentences.map(\.file) + Self.unreadable + Self.harmless + ["sound.h5", "not-there.h5"])
    let files = try FileManager.default.contentsOfDirectory(atPath: Fixture.hostile(""))
    // Files that crash libhdf5 are for the command, which reads them in another process first.
    let models = files.filter { $0.hasSuffix(".h5") && !$0.hasPrefix("crash-") }
    #expect(Set(models).subtracting(known).isEmpty)
    #expect(Self.sentences.count >= 50)
  }

  @Test(arguments: unreadable)
  func passesOnWhatHDF5Says(file: String) throws {
    let path = Fixture.hostile(file)
    let error = #expect(throws: KerasFormatError.self) { try Model(keras: path) }
    guard case .file(let reason) = error else {
      Issue.record("\(String(describing: error)) is not an error of HDF5")
      return
    }
    #expect(error?.description == reason.description)
    #expect(error?.failureClass == reason.failureClass)
    #expect(reason.description.contains("'\(path)'"))
    #expect(reason.failureClass == (file == "not-there.h5" ? .missingFile : .badData))
  }

  @Test(arguments: harmless)
  func harmlessOdditiesChangeNothing(file: String) throws {
    let sound = try Model(keras: Fixture.hostile("sound.h5"))
    let odd = try Model(keras: Fixture.hostile(file))
    let input = Tensor(sound.inputShape, seed: 2)
    #expect(try odd.predict(input).bits == sound.predict(input).bits)
  }

  @Test func classesOfFailure() {
    #expect(KerasFormatError.noModel(file: "a").failureClass == .badData)
    #expect(KerasFormatError.file(.missingFile(file: "a")).failureClass == .missingFile)
    // A model whose layers do not fit is bad data whatever the layer says.
    #expect(
      KerasFormatError.model(file: "a", .unknownLayer(name: "b", available: [])).failureClass == .badData)
  }
}
