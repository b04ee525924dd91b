import Networks
import TensorCore

/// SISE with as few masks as the gradients of a layer suggest.
///
///     mean gradient g, divided by its largest value;  keep = feature maps with g above Otsu's threshold of the positive g
///
/// Everything else is as in SISE. Where all positive gradients are equal, all these feature maps are kept. `Attribution.notes` says how many
/// forward passes were saved against SISE.
///
/// - Note: One forward pass for the answer, one forward and backward pass for all layers and one forward pass per kept feature map. Sudhakar et al.,
///   ICASSP 2021. Checked in float64 against the formula. The authors' code has not been published; an implementation by others leaves out the
///   division by the sum of the mask.
public struct AdaSISE: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "ada-sise", name: "Ada-SISE", family: .perturbation, preset: .nonNegative,
    summary:
      "Where feature maps lie through which the score stays high, the most telling ones of every block.",
    needs: "layers with feature maps", cost: "1 forward pass per selected feature map",
    citation: .sudhakar2021,
    parameters: [
      ParameterInfo(
        "layers", "The layers whose feature maps become masks; auto: the ends of blocks.",
        values: "auto or names of layers with commas between them", standard: SemanticSampling.automaticName),
      Hiding.stopping,
    ] + Hiding.parameters())

  /// The layers' names, or `nil` for the ends of blocks.
  public var layers: [String]?
  /// What hidden values become.
  public var baseline: Baseline
  /// Whether to stop a layer as soon as the highest tenth of its map no longer changes (see `MaskSchedule`).
  public var stopsWhenStable: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - layers: The layers' names, or `nil` for the ends of blocks.
  ///   - baseline: What hidden values become.
  ///   - stopsWhenStable: Whether to stop a layer as soon as the highest tenth of its map no longer changes.
  public init(at layers: [String]? = nil, baseline: Baseline = .zero, stopsWhenStable: Bool = false) {
    self.layers = layers
    self.baseline = baseline
    self.stopsWhenStable = stopsWhenStable
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      at: try SemanticSampling.layers(settings), baseline: try Baseline(settings: settings, samples: 1),
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
      input, of: model, for: target, parameters: [.init(Hiding.stopping.name, "\(stopsWhenStable)")])
  }
}

extension AdaSISE {
  private var sampling: SemanticSampling {
    SemanticSampling(
      info: Self.info, layers: layers, selection: .adaptive, fusion: .otsu, baseline: baseline,
      stopsWhenStable: stopsWhenStable)
  }
}

extension Explainer where Self == AdaSISE {
  /// SISE with as few masks as the gradients of a layer suggest.
  ///
  /// - Parameters:
  ///   - layers: The layers' names, or `nil` for the ends of blocks.
  ///   - baseline: What hidden values become.
  ///   - stopsWhenStable: Whether to stop a layer as soon as the highest tenth of its map no longer changes.
  /// - Returns: The method.
  public static func adaSISE(
    at layers: [String]? = nil, baseline: Baseline = .zero, stopsWhenStable: Bool = false
  ) -> Self {
    .init(at: layers, baseline: baseline, stopsWhenStable: stopsWhenStable)
  }
}
