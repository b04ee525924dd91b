import Explainers
import Foundation

/// One map in its colours, without the input below it.
public struct MapChart: Sendable, Equatable {
  /// The heading.
  public var title: String
  /// The height of the map.
  public var rows: Int
  /// The width of the map.
  public var columns: Int
  /// The values row by row, all of them finite.
  public var values: [Float]
  /// How they are coloured.
  public var preset: ColorPreset

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - rows: The height of the map, at least 1.
  ///   - columns: The width of the map, at least 1.
  ///   - values: The values row by row, all of them finite.
  ///   - preset: How they are coloured.
  public init(title: String, rows: Int, columns: Int, values: [Float], preset: ColorPreset) {
    self.title = title
    self.rows = rows
    self.columns = columns
    self.values = values
    self.preset = preset
  }

  /// Draws the chart; the same chart always gives the same bytes.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails.
  public func figure(as format: FigureFormat) throws(FigureError) -> Data {
    let pixels = PixelExtents(rows: rows, columns: columns)
    let map = Plane(rows: rows, columns: columns, values: values)
      .resampled(rows: pixels.rows, columns: pixels.columns)
    let scale = ColorScale(of: map.values, preset: preset, limit: .automatic, mayCut: true)
    let raster = Raster(
      width: map.columns, height: map.rows, pixels: map.values.map { scale.color(of: $0).packed })
    let body = PanelGrid(
      cells: [.init(panel: MapPanel(raster: raster), caption: "attribution, \(columns) × \(rows)")],
      columns: 1, panelSize: pixels.size, key: ColorBar(scale: scale, label: "attribution"))
    let title = Title(heading: title.printable, facts: [], notes: scale.note.map { [$0] } ?? [])
    return try Figure(title: title, body: body).encoded(as: format)
  }
}
