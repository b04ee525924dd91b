import Networks
import TensorCore

/// How much of the score goes when one feature of the input is hidden: a position or a segment.
///
///     map at every position of a feature = score - score with the feature hidden
///
/// All channels of a position are hidden at once. Unless told otherwise, positions are hidden one by one where there are at most 1,024, and
/// segments elsewhere.
///
/// - Note: One forward pass per feature and draw of the baseline. Checked against Captum's FeatureAblation with a mask of the same features;
///   without a mask Captum also hides the channels of a position one by one.
public struct FeatureAblation: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "feature-ablation", name: "Feature ablation", family: .perturbation, preset: .signed,
    summary: "How much of the score goes when a position or a segment is hidden.", needs: "any model",
    cost: "1 forward pass per feature", citation: .kokhlikyan2020,
    parameters: [
      ParameterInfo(
        "features",
        "What is hidden at once; auto: positions where there are at most \(mostPositions), else segments.",
        values: (Features.allCases.map(\.rawValue) + [Segmentation.automaticName]).joined(separator: ", "),
        standard: Segmentation.automaticName)
    ] + Segmentation.parameters + Hiding.parameters())

  /// The most positions that are hidden one by one unasked.
  static let mostPositions = 1024

  /// What is hidden at once.
  public enum Features: String, Sendable, CaseIterable {
    /// Every position for itself.
    case positions
    /// The segments of a segmentation.
    case segments
  }

  /// What is hidden at once, or `nil` for positions where there are at most 1,024 and segments elsewhere.
  public var features: Features?
  /// How the input is divided when segments are hidden.
  public var segmentation: Segmentation
  /// What hidden values become.
  public var baseline: Baseline

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - features: What is hidden at once, or `nil` for positions where there are at most 1,024 and segments elsewhere.
  ///   - segmentation: How the input is divided when segments are hidden.
  ///   - baseline: What hidden values become.
  public init(
    of features: Features? = nil, segmentation: Segmentation = .automatic, baseline: Baseline = .zero
  ) {
    self.features = features
    self.segmentation = segmentation
    self.baseline = baseline
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let isAutomatic =
      (settings.values["features"] ?? Segmentation.automaticName) == Segmentation.automaticName
    self.init(
      of: isAutomatic
        ? nil : try settings.choice("features", default: .positions, or: [Segmentation.automaticName]),
      segmentation: try Segmentation(settings: settings),
      baseline: try Baseline(settings: settings, samples: 1))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let masked = try MaskedModel(model, at: input, for: target, hidingWith: baseline)
    let grid = masked.grid
    let features = features ?? (grid.count <= Self.mostPositions ? .positions : .segments)
    let segments: Segments =
      switch features {
      case .positions: .positions(grid.count)
      case .segments: segmentation.segments(of: input.reshaped(to: grid.shape))
      }
    let scores = try masked.scores(segments.count) { feature, mask in
      for (position, label) in segments.labels.enumerated() {
        mask.initializeElement(at: position, to: label == feature ? 0 : 1)
      }
    }
    let parameters = [Attribution.Parameter("features", features.rawValue)]
    return Attribution(
      grid.map(segments.spread(scores.map { masked.decision.score - $0 })), explaining: input,
      decision: masked.decision, by: Self.info,
      parameters: parameters + segmentation.parameters(for: grid.extents) + baseline.parameters,
      passes: 1 + segments.count * masked.passesPerMask)
  }
}

extension Explainer where Self == FeatureAblation {
  /// How much of the score goes when one feature of the input is hidden: a position or a segment.
  ///
  /// - Parameters:
  ///   - features: What is hidden at once, or `nil` for positions where there are at most 1,024 and segments elsewhere.
  ///   - segmentation: How the input is divided when segments are hidden.
  ///   - baseline: What hidden values become.
  /// - Returns: The method.
  public static func featureAblation(
    of features: FeatureAblation.Features? = nil, segmentation: Segmentation = .automatic,
    baseline: Baseline = .zero
  ) -> Self {
    .init(of: features, segmentation: segmentation, baseline: baseline)
  }
}
