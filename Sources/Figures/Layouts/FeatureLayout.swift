import Explainers

extension Attribution {
  /// The features as bars over the bars of their attribution.
  func featureLayout(_ options: FigureOptions) -> (body: any Layout, notes: [String]) {
    let count = input.count
    // A map that does not tell features apart gives all of them its one value.
    let attribution = map.count == count ? map.values : [Float](repeating: map.values[0], count: count)
    let scale = ColorScale(
      of: attribution, preset: preset, limit: options.colorLimit, mayCut: false,
      nonNegativeMap: .nonNegativeOnPaper)
    let values = input.values
    let axis = Axis.values(values, label: "input", includesZero: true)
    let panel = BarPanel(
      values: values, range: axis.range, positive: Color(grey: 0.45), negative: Color(grey: 0.45))
    let shared = Axis(-0.5...(Double(count) - 0.5), label: "feature", wholeNumbers: true)
    let rows = [
      PanelStack.Row(panel: panel, height: 150, axis: axis), barRow(attribution, scale, label: "attribution"),
    ]
    let stack = PanelStack(rows: rows, keys: [], shared: shared)
    return (stack, stack.reductionNotes(count, "features", drawn: "the largest and the least"))
  }
}
