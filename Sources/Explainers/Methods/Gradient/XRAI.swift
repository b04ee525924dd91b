import Networks
import TensorCore

/// Integrated gradients gathered into regions of the input, the most telling ones first.
///
///     value = sum over channels of the integrated gradients
///     next  = argmax over regions of the mean value of the region's positions that are not covered yet
///     map at the positions that a region covers = that mean
///
/// Regions come from several segmentations: as many as `segments`, half as many, and so on down to two. A region with fewer new positions than
/// a thousandth of all is passed over.
///
/// - Note: Costs what integrated gradients cost. Kapishnikov, Bolukbasi, Viegas and Terry, ICCV 2019. The covering was checked against the
///   authors' code on the same regions. There regions are Felzenszwalb's at six scales, made wider by five pixels; here they are those of
///   `RegionMerging`, which do not overlap within a scale. There black and white baselines are averaged and channels reduced to the largest.
public struct XRAI: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "xrai", name: "XRAI", family: .gradient, preset: .signed,
    summary: "How much regions of the input contribute to the difference of the score from a baseline.",
    needs: "any model", cost: "that of integrated gradients", citation: .kapishnikov2019,
    parameters: [
      ParameterInfo(
        "segments", "Regions of the finest segmentation; each coarser one has half as many.",
        values: "2 to \(Segmentation.most)", standard: "64")
    ] + IntegratedGradients.info.parameters.filter { $0.name != "variant" })

  /// How regions are valued.
  public var gradients: IntegratedGradients
  /// Regions of the finest segmentation.
  public var segments: Int

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - gradients: How regions are valued.
  ///   - segments: Regions of the finest segmentation, 2 to 1000.
  public init(_ gradients: IntegratedGradients = .integratedGradients(), segments: Int = 64) {
    precondition((2...Segmentation.most).contains(segments), "\(segments) regions are too few or too many")
    self.gradients = gradients
    self.segments = segments
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError` for a value that the method does not take, or for parameters that exclude each other.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      try IntegratedGradients(settings: settings),
      segments: try settings.count("segments", in: 2...Segmentation.most, default: 64))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    var attribution = try gradients.attribute(input, of: model, for: target)
    let grid = model.positionGrid
    let values = attribution.map.reshaped(to: grid.shape).overChannels(.sum).values.map(Double.init)
    let regions = RegionMerging(of: input.reshaped(to: grid.shape), target: segments)
    let counts = sequence(first: segments) { $0 >= 4 ? $0 / 2 : nil }
    let covered = RegionGrowth.map(
      of: values, over: counts.map { regions.segments($0) }, least: grid.count / 1000)
    attribution.map = grid.map(covered)
    attribution.completenessGap = nil
    attribution.method = Self.info.id
    attribution.preset = Self.info.preset
    attribution.parameters.removeAll { $0.name == "variant" }
    attribution.parameters.insert(.init("segments", "\(segments)"), at: 0)
    return attribution
  }
}

extension Explainer where Self == XRAI {
  /// Integrated gradients gathered into regions of the input, the most telling ones first.
  ///
  /// - Parameters:
  ///   - gradients: How regions are valued.
  ///   - segments: Regions of the finest segmentation.
  /// - Returns: The method.
  public static func xrai(
    _ gradients: IntegratedGradients = .integratedGradients(), segments: Int = 64
  ) -> Self {
    .init(gradients, segments: segments)
  }
}
