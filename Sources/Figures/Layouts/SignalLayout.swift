import Explainers

extension Attribution {
  /// One curve per channel over its attribution, and the attribution as bars.
  ///
  /// - Parameters:
  ///   - length: The number of samples.
  ///   - options: Names and sampling rate.
  /// - Returns: The panels, and remarks for the title.
  func signalLayout(length: Int, _ options: FigureOptions) -> (body: any Layout, notes: [String]) {
    let channels = input.drawnChannels
    let scale = ColorScale(
      of: map.values, preset: preset, limit: options.colorLimit, mayCut: false,
      nonNegativeMap: .nonNegativeOnPaper)
    let height = channels == 1 ? 190.0 : max(58, 150 - 12 * Double(channels))
    let lane = length > Self.densestOpenCurve ? CurvePanel.lane / height : 0
    var rows = (0..<channels).map { channel in
      let values = input.channel(channel)
      let axis = Axis.values(
        values, label: channels == 1 ? "input" : options.channelName(channel), lane: lane,
        hasNameLabel: channels > 1)
      let panel = CurvePanel(
        values: values, attribution: map.channel(map.drawnChannels == 1 ? 0 : channel), scale: scale,
        range: axis.range)
      return PanelStack.Row(panel: panel, height: height, axis: axis)
    }
    let isSummed = map.drawnChannels > 1
    let total = summedOverChannels(length: length)
    rows.append(barRow(total, scale, label: isSummed ? "sum" : "attribution"))
    let key = PanelStack.Key(bar: ColorBar(scale: scale, label: "attribution"), rows: 0...(channels - 1))
    let stack = PanelStack(
      rows: rows, keys: [key], shared: .samples(length, samplingRate: options.samplingRate))
    var notes: [String] = []
    if isSummed { notes.append("bars: sum over \(map.drawnChannels) channels") }
    if channels > 1, map.drawnChannels == 1 { notes.append("one map for all channels") }
    if let note = scale.note { notes.append(note) }
    notes += stack.reductionNotes(length, "samples", drawn: "outline of the curve, strongest attribution")
    return (stack, notes)
  }

  /// A curve of more samples than this hides much of the strips behind it.
  private static let densestOpenCurve = 400

  /// The map at every position, its channels added.
  func summedOverChannels(length: Int) -> [Float] {
    let channels = (0..<map.drawnChannels).map { Plane(rows: 1, columns: length, values: map.channel($0)) }
    return Plane(summing: channels).values
  }

  /// Bars of values in the strong colours of a scale.
  func barRow(_ values: [Float], _ scale: ColorScale, label: String) -> PanelStack.Row {
    let axis = Axis.values(values, label: label, includesZero: true)
    let isSigned = scale.preset == .signed
    let panel = BarPanel(
      values: values, range: axis.range, positive: scale.map.color(at: isSigned ? 0.9 : 0.8),
      negative: scale.map.color(at: 0.1))
    return PanelStack.Row(panel: panel, height: 120, axis: axis)
  }
}

extension PanelStack {
  /// What is said of more positions than there are columns of pixels.
  ///
  /// - Parameters:
  ///   - count: The number of positions.
  ///   - name: What they are, in the plural.
  ///   - drawn: What a column shows of them.
  /// - Returns: One remark, or none.
  func reductionNotes(_ count: Int, _ name: String, drawn: String) -> [String] {
    let columns = Int(panelWidth * Canvas.pixelsPerUnit)
    guard count > columns else { return [] }
    let each = (Double(count) / Double(columns)).text(significantDigits: 2)
    return ["\(each) \(name) per pixel column: \(drawn)"]
  }
}
