import Explainers

/// How well the marked part of the map covers the evidence.
///
///     value = |marked and evidence| / |marked or evidence|
///
/// Marked is what lies above a share of the largest value (`binarisation=maximum`, `threshold`), a share of all positions with the highest values
/// (`top`, `fraction`), or as many of them as there is evidence (`evidence`). With `largest-region` only the largest connected region of that
/// counts; with `box` the smallest boxes around both are compared.
///
/// Published measures: CAM `threshold=0.2 largest-region=true box=true`, Grad-CAM the same with `threshold=0.15`, both a hit from 0.5 on; SISE
/// `binarisation=top fraction=0.2`.
///
/// - Note: No forward pass. Zhou et al., CVPR 2016. The box tool of CAM's authors works on 8-bit levels instead.
public struct IntersectionOverUnion: ItemMetric {
  /// How a map becomes a set of positions.
  package enum Binarisation: String, Sendable, CaseIterable {
    /// What lies above a share of the largest value.
    case maximum
    /// A share of all positions.
    case top
    /// As many positions as there is evidence.
    case evidence
  }

  /// What the catalogue says of the metric.
  public static let info = MetricInfo(
    id: "iou", name: "Intersection over union", family: .localisation, direction: .higher, range: "0 to 1",
    summary: "How well the marked part of the map covers the true evidence.", needs: MapOverEvidence.needs,
    cost: "no forward pass",
    differences:
      "Regions are connected by faces along any number of axes; all evidence gets one box, however many parts it has; the box tool of CAM's authors thresholds maps of 8-bit levels at 20, 100 and 110.",
    citation: .zhou2016,
    parameters: [
      ParameterInfo(
        "binarisation",
        "What of the map is marked: above a share of its maximum, a share of positions, or as many as the evidence has.",
        values: Binarisation.allCases.map(\.rawValue).joined(separator: ", "),
        standard: Binarisation.maximum.rawValue),
      ParameterInfo(
        "threshold", "The share of the largest value above which positions are marked.",
        values: "0 to 1, without 1", standard: "0.2"),
      ParameterInfo(
        "fraction", "The share of positions that 'top' marks; at least one.", values: "0 to 1, without 0",
        standard: "0.2"),
      MapForm.parameter(),
      ParameterInfo(
        "largest-region", "Whether only the largest connected region counts.", values: "true or false",
        standard: "false"),
      ParameterInfo(
        "box", "Whether the smallest boxes around both are compared.", values: "true or false",
        standard: "false"),
    ])

  private let binarisation: Binarisation
  private let threshold: Double
  private let fraction: Double
  private let form: MapForm
  private let isRegion: Bool
  private let isBox: Bool

  /// The parameters with their resolved values.
  public var parameters: [Attribution.Parameter] {
    [
      .init("binarisation", binarisation.rawValue), .init("threshold", "\(threshold)"),
      .init("fraction", "\(fraction)"), .init("form", form.rawValue), .init("largest-region", "\(isRegion)"),
      .init("box", "\(isBox)"),
    ]
  }

  /// Creates the metric with the parameters that a user gave.
  ///
  /// - Throws: `ScoringError.badParameter` for a value that the metric does not take.
  public init(settings: MetricSettings) throws(ScoringError) {
    binarisation = try settings.choice("binarisation", default: .maximum)
    threshold = try settings.number("threshold", in: 0...1, default: 0.2)
    fraction = try settings.number("fraction", in: 0...1, default: 0.2)
    form = try settings.choice("form", default: .signed)
    isRegion = try settings.flag("largest-region", default: false)
    isBox = try settings.flag("box", default: false)
    guard threshold < 1 else {
      throw settings.bad("threshold", expected: "a number from 0 up to, but not including, 1")
    }
    guard fraction > 0 else { throw settings.bad("fraction", expected: "a number above 0 and up to 1") }
  }

  /// Judges an explanation.
  public func score(_ explanation: ScoredExplanation) -> MetricScore {
    MapOverEvidence.score(explanation, form: form, needsOrder: binarisation != .maximum) { map in
      guard let marked = marked(map) else { return .undefined("the map has no positive value") }
      var found = PositionSet(marked, over: explanation.extents)
      var evidence = PositionSet(map.isEvidence, over: explanation.extents)
      if isRegion { found = found.largestRegion }
      if isBox { (found, evidence) = (found.box, evidence.box) }
      return MetricScore(found.intersectionOverUnion(evidence))
    }
  }

  /// For every position whether it is marked; `nil` where nothing is above the threshold.
  private func marked(_ map: MapOverEvidence) -> [Bool]? {
    let count: Int
    switch binarisation {
    case .maximum:
      guard let largest = map.values.max(), largest > 0 else { return nil }
      return map.values.map { $0 > threshold * largest }
    case .top: count = max(Int((fraction * Double(map.count)).rounded()), 1)
    case .evidence: count = map.evidenceCount
    }
    var marked = [Bool](repeating: false, count: map.count)
    for position in map.order.prefix(count) { marked[position] = true }
    return marked
  }
}
