import Explainers

/// The colours of the maps of a comparison, and their keys.
struct ComparisonScales {
  /// The scale that all maps share, or `nil` when each has its own.
  private let shared: ColorScale?
  /// How each map is coloured by its own scale.
  private let presets: [ColorPreset]
  /// Whether a map has values beyond its own colours.
  private let cutsOff: Bool

  init(of rows: [Comparison.Row], _ scaling: Comparison.Scaling) {
    let scales = rows.flatMap(\.cells).map { Self.ownScale(of: $0.attribution) }
    presets = scales.map(\.preset)
    cutsOff = scaling == .own && scales.contains { $0.isOpen.above || $0.isOpen.below }
    guard scaling == .shared else {
      shared = nil
      return
    }
    let reach = scales.filter { !$0.isZero }.map(\.range.upperBound).max() ?? 1
    shared =
      scales.contains { $0.range.lowerBound < 0 }
      ? ColorScale(.signed, -reach...reach) : ColorScale(.nonNegativeOnPaper, 0...reach)
  }

  /// The scale of one map.
  func scale(of attribution: Attribution) -> ColorScale { shared ?? Self.ownScale(of: attribution) }

  /// The keys of the colours: one, or one for each kind of map.
  var keys: [ColorBar] {
    if let shared { return [ColorBar(scale: shared, label: "attribution")] }
    var scales: [ColorScale] = []
    if presets.contains(.signed) { scales.append(ColorScale(.signed, -1...1)) }
    if presets.contains(.nonNegative) { scales.append(ColorScale(.nonNegativeOnPaper, 0...1)) }
    let keys = scales.map { ColorBar(scale: $0, label: "share of the largest") }
    guard presets.contains(.relative) else { return keys }
    return keys + [ColorBar(scale: ColorScale(.nonNegativeOnPaper, 0...1), label: "from lowest to highest")]
  }

  /// What must be known of where colours end.
  var notes: [String] { cutsOff ? ["colours of images end at percentile 99.5 of the magnitude"] : [] }

  private static func ownScale(of attribution: Attribution) -> ColorScale {
    let values = attribution.map.overChannels(.sum).values
    let isImage = if case .image = InputForm(attribution.input.shape) { true } else { false }
    return ColorScale(
      of: isImage ? values : attribution.map.values, preset: attribution.preset, limit: .automatic,
      mayCut: isImage, nonNegativeMap: .nonNegativeOnPaper)
  }
}
