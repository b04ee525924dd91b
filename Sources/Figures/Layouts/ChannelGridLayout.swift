import Explainers

extension Attribution {
  /// Many channels: the input and the map as channel against time, and the sum over channels as bars.
  ///
  /// - Parameters:
  ///   - length: The number of samples.
  ///   - options: Names and sampling rate.
  /// - Returns: The panels, and remarks for the title.
  func channelGridLayout(length: Int, _ options: FigureOptions) -> (body: any Layout, notes: [String]) {
    let channels = input.drawnChannels
    let axis = Axis(-0.5...(Double(channels) - 0.5), label: "channel", wholeNumbers: true)
    let height = min(max(Double(channels) * 6, 130), 230)
    let signal = Self.shown((0..<channels).map(input.channel), length: length)
    let (low, high) = (Double(signal.values.min() ?? 0), Double(signal.values.max() ?? 0))
    let grey = ColorScale(.grey, low < high ? low...high : (low - 0.5)...(low + 0.5))
    var rows = [PanelStack.Row(panel: MatrixPanel(plane: signal, scale: grey), height: height, axis: axis)]
    var keys = [PanelStack.Key(bar: ColorBar(scale: grey, label: "input"), rows: 0...0)]
    let total = summedOverChannels(length: length)
    var notes: [String] = []
    let scale: ColorScale
    if map.drawnChannels > 1 {
      let plane = Self.shown((0..<channels).map(map.channel), length: length)
      scale = ColorScale(of: plane.values, preset: preset, limit: options.colorLimit, mayCut: true)
      rows.append(PanelStack.Row(panel: MatrixPanel(plane: plane, scale: scale), height: height, axis: axis))
      keys.append(PanelStack.Key(bar: ColorBar(scale: scale, label: "attribution"), rows: 1...1))
      rows.append(barRow(total, scale, label: "sum"))
      notes.append("bars: sum over \(channels) channels")
    } else {
      scale = ColorScale(of: total, preset: preset, limit: options.colorLimit, mayCut: false)
      rows.append(barRow(total, scale, label: "attribution"))
      notes.append("one map for all channels")
    }
    if let note = scale.note { notes.append(note) }
    let stack = PanelStack(
      rows: rows, keys: keys, shared: .samples(length, samplingRate: options.samplingRate))
    if signal.columns < length || signal.rows < channels { notes.append("maps reduced by averaging") }
    return (stack, notes)
  }

  /// The largest extents of a map; more would be finer than the pixels.
  private static let largestGrid = (rows: 460, columns: 1280)

  /// Channels as rows with the first at the bottom, as in a spectrogram, reduced where they are finer than the pixels.
  private static func shown(_ channels: [[Float]], length: Int) -> Plane {
    Plane(rows: channels.count, columns: length, values: channels.reversed().flatMap { $0 })
      .resampled(rows: min(channels.count, largestGrid.rows), columns: min(length, largestGrid.columns))
  }
}
