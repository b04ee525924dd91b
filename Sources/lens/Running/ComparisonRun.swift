import SignalLens

/// Explains items by several methods for the rows of a comparison.
struct ComparisonRun {
  let setup: ExplanationSetup
  let arguments: ExplanationArguments
  let classNames: [String]
  let progress: ProgressBar

  /// What came of some items.
  struct Page {
    var rows: [Comparison.Row] = []
    var summary = SummaryTable()
    var methods: [Manifest.Method] = []
  }

  /// Explains some items; each of them is a row for every explained input.
  ///
  /// - Throws: The error of the first item that cannot be explained.
  func rows(_ items: Range<Int>) throws -> Page {
    var page = Page()
    for index in items {
      let item = setup.inputs[0].items[index]
      try RunError.naming(item.name) {
        guard let target = try arguments.target(label: item.label) else {
          throw RunError.noLabel(item: item.name)
        }
        let loaded = try setup.inputs.map { try $0.load(index) }
        for input in setup.explained {
          let model = try setup.model.varying(input: input, of: loaded.map(\.input))
          let name = item.name + setup.inputSuffix(input)
          var cells: [Comparison.Cell] = []
          for (position, method) in setup.methods.enumerated() {
            let start = ContinuousClock.now
            let piece = progress.begin()
            let found = try model.explain(
              loaded[input].input, with: method.explainer, for: target, progress: piece.reach)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            cells.append(.init(found, methodName: method.info.name, seconds: seconds))
            let targetName = classNames.indices.contains(found.target) ? classNames[found.target] : ""
            page.summary.append(found, item: name, targetName: targetName, seconds: seconds)
            let used = Manifest.Method(of: found)
            if page.methods.count > position {
              page.methods[position].join(used)
            } else {
              page.methods.append(used)
            }
            piece.reach(1)
          }
          var options = item.figureOptions(arguments, classNames, setup.methods[0], loaded[input])
          options.itemName = name
          page.rows.append(.init(cells, options: options))
        }
      }
    }
    return page
  }
}
