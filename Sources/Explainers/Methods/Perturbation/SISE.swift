import Networks
import TensorCore

/// Feature maps at the ends of a network's blocks, used as masks, weighted by what the model makes of the input seen through them.
///
/// For every layer, first to last:
///
///     keep    = feature maps whose mean gradient is above threshold * the largest mean gradient
///     mask    = (resize(map) - min) / (max - min + 1e-6)
///     layer   = min-max of the sum of score(masked input) * mask / (sum of mask + 1e-6)
///     map     = (map so far + layer) where layer is above Otsu's threshold, else 0
///
/// Layers are the inputs of poolings and strided convolutions, as far as everything passes through them, and the last convolution's output. A
/// layer with a flat map is left out. `variant=course` follows the implementation of a course at the University of Toronto: there the last
/// line multiplies by `1 / (1 + exp(-100 (layer - t)))` with a modified threshold.
///
/// - Note: One forward pass for the answer, one forward and backward pass per layer and one forward pass per kept feature map; memory does not
///   grow with their number. Sattarzadeh et al., AAAI 2021, who take probabilities (`--score probability`). Checked in float64 against the
///   formula, and against the course's own maps of tissue tiles. The course hands poolings' outputs to the method as layers.
public struct SISE: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "sise", name: "SISE", family: .perturbation, preset: .nonNegative,
    summary: "Where feature maps of all blocks lie through which the score stays high.",
    needs: "layers with feature maps", cost: "1 forward pass per selected feature map",
    citation: .sattarzadeh2021,
    parameters: [
      ParameterInfo(
        "layers", "The layers whose feature maps become masks; auto: the ends of blocks.",
        values: "auto or names of layers with commas between them", standard: SemanticSampling.automaticName),
      ParameterInfo(
        "threshold", "The share of the largest mean gradient above which feature maps are kept.",
        values: "0 to 0.999", standard: "0"),
      ParameterInfo(
        "variant", "Whose recipe for fusing layers.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.official.rawValue),
      Hiding.stopping,
    ] + Hiding.parameters())

  /// Whose recipe for fusing layers.
  public enum Variant: String, Sendable, CaseIterable {
    /// The authors'.
    case official
    /// That of a course at the University of Toronto.
    case course
  }

  /// The layers' names, or `nil` for the ends of blocks.
  public var layers: [String]?
  /// The share of the largest mean gradient above which feature maps are kept.
  public var threshold: Double
  /// Whose recipe for fusing layers.
  public var variant: Variant
  /// What hidden values become.
  public var baseline: Baseline
  /// Whether to stop a layer as soon as the highest tenth of its map no longer changes (see `MaskSchedule`).
  public var stopsWhenStable: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - layers: The layers' names, or `nil` for the ends of blocks.
  ///   - threshold: The share of the largest mean gradient above which feature maps are kept, from 0 to less than 1.
  ///   - variant: Whose recipe for fusing layers.
  ///   - baseline: What hidden values become.
  ///   - stopsWhenStable: Whether to stop a layer as soon as the highest tenth of its map no longer changes.
  public init(
    at layers: [String]? = nil, threshold: Double = 0, variant: Variant = .official,
    baseline: Baseline = .zero, stopsWhenStable: Bool = false
  ) {
    precondition(threshold >= 0 && threshold < 1, "\(threshold) is not a share below one")
    self.layers = layers
    self.threshold = threshold
    self.variant = variant
    self.baseline = baseline
    self.stopsWhenStable = stopsWhenStable
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      at: try SemanticSampling.layers(settings),
      threshold: try settings.number("threshold", in: 0...0.999, default: 0),
      variant: try settings.choice("variant", default: .official),
      baseline: try Baseline(settings: settings, samples: 1),
      stopsWhenStable: try settings.flag(Hiding.stopping.name, default: false))
  }

  /// Checks that a model has layers with feature maps over the positions of the input.
  ///
  /// - Throws: `ExplanationError` when a layer is not there or has none.
  public func check(_ model: Model) throws(ExplanationError) { try sampling.check(model) }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when a layer has no feature maps, or the target or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    return try sampling.attribute(
      input, of: model, for: target,
      parameters: [
        .init("threshold", "\(threshold)"), .init("variant", variant.rawValue),
        .init(Hiding.stopping.name, "\(stopsWhenStable)"),
      ])
  }
}

extension SISE {
  private var sampling: SemanticSampling {
    SemanticSampling(
      info: Self.info, layers: layers, selection: .above(threshold),
      fusion: variant == .official ? .otsu : .course, baseline: baseline, stopsWhenStable: stopsWhenStable)
  }
}

extension Explainer where Self == SISE {
  /// Feature maps at the ends of a network's blocks, used as masks, weighted by what the model makes of the input seen through them.
  ///
  /// - Parameters:
  ///   - layers: The layers' names, or `nil` for the ends of blocks.
  ///   - threshold: The share of the largest mean gradient above which feature maps are kept.
  ///   - variant: Whose recipe for fusing layers.
  ///   - baseline: What hidden values become.
  ///   - stopsWhenStable: Whether to stop a layer as soon as the highest tenth of its map no longer changes.
  /// - Returns: The method.
  public static func sise(
    at layers: [String]? = nil, threshold: Double = 0, variant: SISE.Variant = .official,
    baseline: Baseline = .zero, stopsWhenStable: Bool = false
  ) -> Self {
    .init(
      at: layers, threshold: threshold, variant: variant, baseline: baseline, stopsWhenStable: stopsWhenStable
    )
  }
}
