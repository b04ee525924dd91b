import Explainers
import Foundation
import Networks

/// What a model is made of and how it would be explained: the content of `lens summary`.
///
/// As JSON its keys are these names, sorted; what a model does not have is left out. Shapes are `[spatial..., channels]` without the batch
/// axis, sizes are bytes for one item in 32-bit numbers.
public struct ModelSummary: Codable, Sendable, Equatable {
  /// An input or output.
  public struct End: Codable, Sendable, Equatable {
    /// The name of its layer.
    public var name: String
    /// Its shape.
    public var shape: [Int]
  }

  /// The name that the file gives the model.
  public var name: String
  /// Where data enters.
  public var inputs: [End]
  /// The answers; scores and classes are those of the first.
  public var outputs: [End]
  /// The layers in the order of the graph; one line for every use of a layer.
  public var layers: [LayerSummary]
  /// The number of trained numbers.
  public var parameters: Int
  /// The number of classes.
  public var classes: Int
  /// The spaces that a score may be taken in: `logit`, and `probability` where the model ends in a softmax or sigmoid.
  public var scoreSpaces: [String]
  /// What makes probabilities of logits: `softmax` or `sigmoid`.
  public var normalizer: String?
  /// The layer that Grad-CAM uses when none is named.
  public var gradCAMLayer: String?
  /// The bytes that the values of all layers take.
  public var activationBytes: Int
  /// The estimated peak of one Grad-CAM map, without weights.
  public var gradCAMBytes: Int?
  /// The estimated peak of one map of integrated gradients per thread, without weights.
  public var integratedGradientsBytes: Int
  /// What of the file was left out or is computed otherwise, one sentence each.
  public var notes: [String]

  /// Describes a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - notes: What of its file was left out or is computed otherwise.
  public init(of model: Model, notes: [String] = []) {
    func ends(_ ids: [Model.Node.ID]) -> [End] {
      ids.map { End(name: model.nodes[$0].name, shape: Array(model.nodes[$0].shape.extents.dropFirst())) }
    }
    name = model.name
    inputs = ends(model.inputs)
    outputs = ends(model.outputs)
    layers = LayerSummary.layers(of: model)
    parameters = model.parameterCount
    classes = model.head.classes
    normalizer = model.head.normalizer?.rawValue
    scoreSpaces =
      model.head.normalizer == nil
      ? [ScoreSpace.logit.rawValue] : [ScoreSpace.logit.rawValue, ScoreSpace.probability.rawValue]
    gradCAMLayer = model.defaultFeatureMaps.map { model.nodes[$0].name }
    activationBytes = model.activationBytes
    gradCAMBytes = model.gradCAMBytes
    integratedGradientsBytes = model.integratedGradientsBytes
    self.notes = notes
  }

  /// Whether every layer reads the one before it.
  public var isChain: Bool {
    zip(layers.dropFirst(), layers).allSatisfy { $0.reads == [$1.name] }
  }

  /// The summary as JSON, keys sorted.
  ///
  /// - Returns: The text with a line feed behind it.
  /// - Throws: What the encoder throws.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
