import Foundation
import Testing

/// One model file of `Resources/index.json`.
struct Fixture: CustomTestStringConvertible, Sendable {
  var model: String
  var file: String
  var answers: String?
  /// `fused`, `layer` or `none`.
  var head: String?
  /// Whether the reader is meant to read it already.
  var now: Bool

  var testDescription: String { file }

  var path: String { Self.path(file) }

  /// The path of a file among the resources.
  static func path(_ file: String) -> String { Bundle.module.bundlePath + "/Resources/" + file }

  /// The path of a file with one thing wrong, or of the sound one.
  static func hostile(_ file: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("lensTests/Resources/hostile/\(file)").path
  }

  static let all: [Fixture] = {
    struct Index: Decodable {
      struct Model: Decodable {
        var name: String
        var files: [File]
        var now: Bool
      }
      struct File: Decodable {
        var file: String
        var answers: String?
        var head: String?
      }
      var models: [Model]
    }
    guard let data = FileManager.default.contents(atPath: path("index.json")),
      let index = try? JSONDecoder().decode(Index.self, from: data)
    else { return [] }
    return index.models.flatMap { model in
      model.files.map {
        Fixture(model: model.name, file: $0.file, answers: $0.answers, head: $0.head, now: model.now)
      }
    }
  }()
}
