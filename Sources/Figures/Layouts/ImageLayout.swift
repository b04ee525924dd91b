import Explainers
import TensorCore

extension Attribution {
  /// The input, the map and the map over the input, side by side.
  ///
  /// - Parameters:
  ///   - rows: The height of the input in pixels.
  ///   - columns: The width of the input in pixels.
  ///   - slices: Where further spatial axes are cut.
  ///   - options: The picture, its range and the colour limit.
  /// - Returns: The panels, and remarks for the title.
  func imageLayout(
    rows: Int, columns: Int, slices: [InputForm.Slice], _ options: FigureOptions
  ) -> (body: any Layout, notes: [String]) {
    let pixels = PixelExtents(rows: rows, columns: columns)
    let channels = map.planes(rows: rows, columns: columns, slices: slices)
    let reduced = Plane(summing: channels)
      .resampled(rows: min(rows, pixels.rows), columns: min(columns, pixels.columns))
    let scale = ColorScale(of: reduced.values, preset: preset, limit: options.colorLimit, mayCut: true)
    // Whole pixels of the input are coloured once and then enlarged; a finer picture needs all pixels of the panel.
    let isWhole = pixels.rows % rows == 0 && pixels.columns % columns == 0 && options.picture == nil
    let heat = isWhole ? reduced : reduced.resampled(rows: pixels.rows, columns: pixels.columns)
    let picture = displayPicture(rows: rows, columns: columns, slices: slices, shownAs: heat, options)
    func panel(_ colors: [Color]) -> MapPanel {
      let raster = Raster(width: heat.columns, height: heat.rows, pixels: colors.map(\.packed))
      return MapPanel(raster: raster.enlarged(width: pixels.columns, height: pixels.rows))
    }
    let body = PanelGrid(
      cells: [
        .init(panel: panel(picture.colors), caption: "input, \(columns) × \(rows)"),
        .init(panel: panel(heat.values.map(scale.color)), caption: "attribution"),
        .init(panel: panel(picture.overlaid(by: heat, scale)), caption: "overlay"),
      ],
      columns: pixels.isWide ? 1 : 3, panelSize: pixels.size,
      key: ColorBar(scale: scale, label: "attribution"))
    var notes = slices.map { "middle slice: \($0.index + 1) of \($0.extent)" }
    if channels.count > 1 { notes.append("sum over \(channels.count) channels") }
    notes += [picture.note, scale.note].compactMap(\.self)
    if reduced.rows < rows || reduced.columns < columns { notes.append("reduced by averaging") }
    if pixels.isStretched { notes.append("not to scale: the shorter side is stretched") }
    return (body, notes)
  }

  /// The picture that the options give, else one from the input, at the resolution of a coloured map.
  func displayPicture(
    rows: Int, columns: Int, slices: [InputForm.Slice], shownAs heat: Plane, _ options: FigureOptions
  ) -> DisplayPicture {
    guard let picture = options.picture else {
      let planes = input.planes(rows: rows, columns: columns, slices: slices)
      return DisplayPicture(
        planes, displayRange: options.displayRange, rows: heat.rows, columns: heat.columns)
    }
    let planes = picture.planes(rows: picture.shape[1], columns: picture.shape[2], slices: [])
    return DisplayPicture(planes, displayRange: 0...1, rows: heat.rows, columns: heat.columns)
  }
}
