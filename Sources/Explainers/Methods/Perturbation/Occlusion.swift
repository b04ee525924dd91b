import Networks
import TensorCore

/// How much of the score goes when a window that slides over the input hides what is below it.
///
///     map = sum over windows that reach a position of (score - score with the window hidden) / number of these windows
///
/// The window has the rank of the input and hides all channels at once. Unless it is given, it is an eighth of every axis long, and moves
/// in the shortest steps with which there are at most about 1,024 windows.
///
/// - Note: One forward pass per window and draw of the baseline. Zeiler and Fergus, ECCV 2014. Checked against Captum's Occlusion, whose
///   map this is; as there, the last window along an axis is cut off at the border. tf-explain shows `1 - p` over windows that do not overlap.
public struct Occlusion: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "occlusion", name: "Occlusion", family: .perturbation, preset: .signed,
    summary: "How much of the score goes when a sliding window hides a part of the input.",
    needs: "any model", cost: "1 forward pass per window", citation: .zeiler2014,
    parameters: [
      ParameterInfo(
        "window", "Extents of the window; auto: an eighth of every axis.",
        values: "auto, a whole number, or one for every axis as in 5x3", standard: WindowExtent.automaticName),
      ParameterInfo(
        "stride",
        "How far the window moves, at most its length; auto: the least with about 1024 windows.",
        values: "auto, a whole number, or one for every axis as in 5x3", standard: WindowExtent.automaticName),
    ] + Hiding.parameters())

  /// Extents of the window, at most those of the input.
  public var window: WindowExtent
  /// How far the window moves, at most its length.
  public var stride: WindowExtent
  /// What hidden values become.
  public var baseline: Baseline

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - window: Extents of the window.
  ///   - stride: How far the window moves.
  ///   - baseline: What hidden values become.
  public init(
    window: WindowExtent = .automatic, stride: WindowExtent = .automatic, baseline: Baseline = .zero
  ) {
    self.window = window
    self.stride = stride
    self.baseline = baseline
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      window: try settings.windowExtent("window"), stride: try settings.windowExtent("stride"),
      baseline: try Baseline(settings: settings, samples: 1))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the window, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let masked = try MaskedModel(model, at: input, for: target, hidingWith: baseline)
    let windows = try SlidingWindows(
      over: masked.grid.extents, window: window, stride: stride, of: Self.info.id)
    var sums = [Double](repeating: 0, count: masked.grid.count)
    var reaches = sums
    var index = 0
    try masked.stream(windows.count) { index, mask in
      mask.initialize(repeating: 1)
      for run in windows.runs(of: index) { for position in run { mask[position] = 0 } }
    } summarizing: { _, scores in
      scores
    } into: { scores in
      for score in scores {
        for position in windows.runs(of: index).joined() {
          sums[position] += masked.decision.score - score
          reaches[position] += 1
        }
        index += 1
      }
    }
    return Attribution(
      masked.grid.map(zip(sums, reaches).map { $0 / $1 }), explaining: input, decision: masked.decision,
      by: Self.info,
      parameters: [
        .init("window", window.text ?? WindowExtent.perAxis(windows.window).text ?? ""),
        .init("stride", stride.text ?? WindowExtent.perAxis(windows.stride).text ?? ""),
      ] + baseline.parameters, passes: 1 + windows.count * masked.passesPerMask)
  }
}

extension Explainer where Self == Occlusion {
  /// How much of the score goes when a window that slides over the input hides what is below it.
  ///
  /// - Parameters:
  ///   - window: Extents of the window.
  ///   - stride: How far the window moves.
  ///   - baseline: What hidden values become.
  /// - Returns: The method.
  public static func occlusion(
    window: WindowExtent = .automatic, stride: WindowExtent = .automatic, baseline: Baseline = .zero
  ) -> Self {
    .init(window: window, stride: stride, baseline: baseline)
  }
}
