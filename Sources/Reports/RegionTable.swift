import Explainers

/// One row per region of a map: where it is, how much of the map it holds, and where that is strongest.
///
/// - Signals: `start` and `end` in samples, the end being the first sample behind, and both in seconds where the sampling rate is known.
/// - Images: the bounding box as `top`, `left`, `height` and `width`, the area in pixels and the centroid.
/// - Volumes: as images, with `front` and `depth` of the planes.
public struct RegionTable: Sendable {
  /// More regions of one map are not listed.
  public static let mostRegions = 100

  /// The names of columns with their cells; maps of other extents have other columns.
  private var rows: [[(column: String, cell: String)]] = []
  private var columns = ["item", "method", "region", "sign"]

  /// Starts an empty table.
  public init() {}

  /// One table with the rows of several.
  public init(joining tables: [RegionTable]) {
    for table in tables { note(table.columns) }
    rows = tables.flatMap(\.rows)
  }

  /// Keeps the order in which columns are first met.
  private mutating func note(_ names: [String]) {
    columns += names.filter { !columns.contains($0) }
  }

  /// Adds the regions of a map, those with the largest share first, at most `mostRegions`.
  ///
  /// - Parameters:
  ///   - attribution: The explanation.
  ///   - rule: Which positions are marked.
  ///   - item: The name of the item.
  ///   - samplingRate: Samples per second of a signal.
  public mutating func append(
    _ attribution: Attribution, _ rule: RegionRule, item: String, samplingRate: Double?
  ) {
    let axes = attribution.map.shape.spatial.count
    let names =
      ["item", "method", "region", "sign"] + Self.places(axes) + ["sum", "share", "peak"]
      + Self.axisNames(axes).map { "peak_\($0)" }
    note(names)
    for (index, region) in attribution.regions(rule).prefix(Self.mostRegions).enumerated() {
      let cells =
        [item, attribution.method, "\(index + 1)", region.sum > 0 ? "positive" : "negative"]
        + Self.cells(of: region, samplingRate)
        + [CSVTable.cell(region.sum), CSVTable.cell(region.share), CSVTable.cell(region.peak)]
        + region.peakPosition.map { "\($0)" }
      rows.append(zip(names, cells).map { ($0, $1) })
    }
  }

  /// The table as bytes.
  public var bytes: [UInt8] {
    var table = CSVTable(columns: columns)
    for row in rows {
      let cells = Dictionary(row.map { ($0.column, $0.cell) }) { first, _ in first }
      table.append(columns.map { cells[$0] ?? "" })
    }
    return table.bytes
  }

  private static func axisNames(_ axes: Int) -> [String] {
    axes == 1 ? ["position"] : ["plane", "row", "column"].suffix(axes)
  }

  private static func places(_ axes: Int) -> [String] {
    guard axes != 1 else { return ["start", "end", "start_seconds", "end_seconds"] }
    return ["front", "top", "left"].suffix(axes) + ["depth", "height", "width"].suffix(axes) + ["area"]
      + axisNames(axes).map { "centroid_\($0)" }
  }

  private static func cells(of region: Region, _ samplingRate: Double?) -> [String] {
    let (low, high) = (region.lowerBounds, region.upperBounds)
    guard low.count != 1 else {
      return ["\(low[0])", "\(high[0])"]
        + [low[0], high[0]].map { sample in CSVTable.cell(samplingRate.map { Double(sample) / $0 }) }
    }
    return low.map { "\($0)" } + zip(low, high).map { "\($1 - $0)" } + ["\(region.area)"]
      + region.centroid.map { CSVTable.cell($0) }
  }
}
