import Explainers

extension Attribution {
  /// The longer side of an image in a comparison, in pixels.
  private static let longestSide = (wide: 520, other: 300)
  /// The extents of a signal.
  private static let signalSize = Size(width: 240, height: 96)
  /// More channels than this are drawn as a map of channel against time.
  private static let mostCurves = 4

  /// The extents of the panels of this input.
  var comparisonPanelSize: Size {
    guard case .image(let rows, let columns, _) = InputForm(input.shape) else { return Self.signalSize }
    return PixelExtents(rows: rows, columns: columns, longest: Self.longestSide).size
  }

  /// The horizontal axis of a signal.
  func comparisonAxis(_ options: FigureOptions) -> Axis? {
    guard case .signal(let length) = InputForm(input.shape) else { return nil }
    return .samples(length, samplingRate: options.samplingRate)
  }

  /// The input alone, where the panels of the maps do not show it as it is.
  func inputPanel(_ options: FigureOptions) -> (any Panel)? {
    guard case .image(let rows, let columns, let slices) = InputForm(input.shape) else { return nil }
    let pixels = PixelExtents(rows: rows, columns: columns, longest: Self.longestSide)
    let blank = Plane(
      rows: pixels.rows, columns: pixels.columns,
      values: [Float](repeating: 0, count: pixels.rows * pixels.columns))
    let picture = displayPicture(rows: rows, columns: columns, slices: slices, shownAs: blank, options)
    return MapPanel(
      raster: Raster(
        width: pixels.columns, height: pixels.rows, pixels: picture.colors.map(\.packed)))
  }

  /// The map over its input: an overlay, curves over strips, or bars.
  func comparisonPanel(_ scale: ColorScale, _ options: FigureOptions) -> any Panel {
    switch InputForm(input.shape) {
    case .features(let count):
      let values = map.count == count ? map.values : [Float](repeating: map.values[0], count: count)
      let axis = Axis.values(values, label: "", includesZero: true)
      return BarPanel(
        values: values, range: axis.range, positive: scale.map.color(at: 0.9),
        negative: scale.map.color(at: 0.1))
    case .signal:
      let channels = input.drawnChannels
      guard channels <= Self.mostCurves else { return channelMap(scale) }
      return StackedPanel(
        panels: (0..<channels).map { channel in
          let values = input.channel(channel)
          return CurvePanel(
            values: values, attribution: map.channel(map.drawnChannels == 1 ? 0 : channel), scale: scale,
            range: Axis.values(values, label: "").range)
        })
    case .image(let rows, let columns, let slices):
      let pixels = PixelExtents(rows: rows, columns: columns, longest: Self.longestSide)
      let heat = Plane(summing: map.planes(rows: rows, columns: columns, slices: slices))
        .resampled(rows: min(rows, pixels.rows), columns: min(columns, pixels.columns))
        .resampled(rows: pixels.rows, columns: pixels.columns)
      let picture = displayPicture(rows: rows, columns: columns, slices: slices, shownAs: heat, options)
      return MapPanel(
        raster: Raster(
          width: pixels.columns, height: pixels.rows,
          pixels: picture.overlaid(by: heat, scale).map(\.packed)))
    }
  }

  /// Many channels as rows, the first at the bottom.
  private func channelMap(_ scale: ColorScale) -> any Panel {
    let channels = (0..<map.drawnChannels).reversed().map(map.channel)
    return MatrixPanel(
      plane: Plane(rows: channels.count, columns: channels[0].count, values: channels.flatMap { $0 }),
      scale: scale)
  }
}

/// Panels of equal height below each other.
struct StackedPanel: Panel {
  let panels: [any Panel]

  func draw(on canvas: Canvas, in area: Rectangle) {
    let height = area.height / Double(panels.count)
    for (index, panel) in panels.enumerated() {
      panel.draw(
        on: canvas,
        in: Rectangle(
          x: area.x, y: area.y + Double(index) * height, width: area.width, height: height))
    }
  }
}
