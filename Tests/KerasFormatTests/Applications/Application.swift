import Archives
import Foundation
import KerasFormat
import Networks
import TensorCore

/// A network of `keras.applications` at a small input, with weights that follow from a seed.
///
/// `Scripts/make-application-fixtures.py` says what is stored and had Keras answer in 64 bits.
struct Application {
  /// The architecture, as `to_json` writes it.
  let architecture: [UInt8]
  /// What Keras answers, and the weights it has.
  let answers: Answers

  /// What is stored beside the architecture.
  struct Answers: Decodable {
    var side: Int
    var low: Double
    var high: Double
    var head: Float
    var weights: [Layer]
    var prediction: [Float]
    var target: Int
    var largest: Float
    var stride: Int
    var gradient: [Float]
  }

  /// The weights of one layer.
  struct Layer: Decodable {
    var layer: String
    /// What a batch normalisation meets.
    var mean: Double?
    var deviation: Double?
    var weights: [Weight]
  }

  /// One weight.
  struct Weight: Decodable {
    var name: String
    var shape: [Int]
  }

  /// The networks of the archive.
  static let names = [
    "densenet121", "efficientnet-b0", "inception-v3", "mobilenet", "mobilenet-v2", "mobilenet-v3-large",
    "mobilenet-v3-small", "resnet50", "resnet50-v2", "vgg16", "vgg19", "xception",
  ]

  static let archive: ZIPArchive? = {
    let path = Fixture.path("applications.zip")
    return FileManager.default.contents(atPath: path).flatMap { try? ZIPArchive(Array($0), file: path) }
  }()

  init(_ name: String, in archive: ZIPArchive) throws {
    func content(_ member: String) throws -> [UInt8] {
      guard let entry = archive.entries.first(where: { $0.name == member }) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return try archive.content(of: entry)
    }
    architecture = try content("\(name).json")
    answers = try JSONDecoder().decode(Answers.self, from: Data(content("\(name).answers.json")))
  }

  /// Reads the model from two files, as Keras writes them, and gives the input of the answers.
  func open() throws -> (model: Model, input: Tensor) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "application-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = folder.appendingPathComponent("model.json")
    try Data(architecture).write(to: text)
    let weights = folder.appendingPathComponent("model.h5").path
    var random = NumPyLegacyRandom(seed: 1117)
    let shape: Shape = [1, answers.side, answers.side, 3]
    let range = answers.high - answers.low
    let input = Tensor(
      shape, (0..<shape.count).map { _ in Float(answers.low + range * random.uniform()) })
    try answers.writeWeights(to: weights, &random)
    return (try KerasFile(weights, architecture: text.path).model, input)
  }
}
