import Explainers
import TensorCore

/// The picture behind an attribution.
struct DisplayPicture {
  /// The picture in colour, or grey for one channel.
  let colors: [Color]
  /// What a reader must know about it.
  let note: String?

  /// How opaque the strongest attribution is in an overlay.
  private static let strongestOpacity = 0.9
  /// The lightest grey of an overlay.
  private static let lightest = 0.97

  /// Creates the picture at the resolution in which it is coloured.
  ///
  /// - Parameters:
  ///   - planes: The channels of the picture.
  ///   - displayRange: The values shown black and white; without it, the usual range that holds them.
  ///   - rows: The height to resample to.
  ///   - columns: The width to resample to.
  init(_ planes: [Plane], displayRange: ClosedRange<Double>?, rows: Int, columns: Int) {
    let range = displayRange ?? Self.range(holding: planes)
    let isColored = planes.count == 3
    note = isColored || planes.count == 1 ? nil : "input: mean of \(planes.count) channels"
    let shown = isColored ? planes : [Plane(summing: planes, times: 1 / Double(planes.count))]
    let channels = shown.map { $0.resampled(rows: rows, columns: columns).values }
    let span = range.upperBound - range.lowerBound
    func share(_ value: Float) -> Double { min(max((Double(value) - range.lowerBound) / span, 0), 1) }
    colors = channels[0].indices.map { index in
      guard isColored else { return Color(grey: share(channels[0][index])) }
      return Color(
        red: share(channels[0][index]), green: share(channels[1][index]), blue: share(channels[2][index]))
    }
  }

  /// The picture in grey under a map that is the more opaque the stronger it is.
  func overlaid(by map: Plane, _ scale: ColorScale) -> [Color] {
    // Dark pictures are lightened, or the dark ends of the colours would drown in them.
    let darkest = scale.preset == .signed ? 0.42 : 0.28
    return zip(colors, map.values).map { color, value in
      Color(grey: darkest + (Self.lightest - darkest) * color.luma)
        .blended(with: scale.tint(of: value), opacity: Self.strongestOpacity * scale.strength(of: value))
    }
  }

  /// The usual range that holds all values of an image, else the range of the values.
  private static func range(holding planes: [Plane]) -> ClosedRange<Double> {
    let (low, high) = (
      planes.compactMap { $0.values.min() }.min() ?? 0, planes.compactMap { $0.values.max() }.max() ?? 0
    )
    let own = Double(low)...Double(high)
    for usual in [0.0...1, -1...1, 0...255]
    where usual.contains(own.lowerBound) && usual.contains(own.upperBound) {
      return usual
    }
    return low < high ? own : (own.lowerBound - 0.5)...(own.lowerBound + 0.5)
  }
}
