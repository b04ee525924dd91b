import ArgumentParser
import Boundary
import Foundation
import SignalLens

/// The command `lens predict`.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Asks a model about its inputs.",
    discussion: "Prints the likeliest classes of every item, or writes all outputs to a table with --output.")

  @OptionGroup var source: InputArguments

  @Option(help: ArgumentHelp("Classes to print per item.", valueName: "n"))
  var top: Int?

  @Option(help: ArgumentHelp("Table of all outputs: item,label,predicted,output_0,…", valueName: "file.csv"))
  var output: String?

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top should be at least 1, not \(top)") }
  }

  func run() throws {
    let (model, sets) = try source.open()
    let inputs = sets[0]
    let names = source.classNames(inputs)
    let predictions = try Predictor(model: model, inputs: sets, isQuiet: source.quiet).run()
    if let output {
      var table = PredictionTable(outputs: model.head.outputs)
      for (item, prediction) in zip(inputs.items, predictions) {
        table.append(
          item: item.name, label: item.label, predicted: prediction.predicted, outputs: prediction.outputs)
      }
      try WholeFile.write(Data(table.bytes), to: output)
    }
    if output == nil || top != nil { printTop(top ?? 3, predictions, inputs, names, model) }
    if !source.quiet { printAccuracy(predictions, inputs) }
  }

  private func printTop(
    _ count: Int, _ predictions: [Predictor.Prediction], _ inputs: InputSet, _ names: [String], _ model: Model
  ) {
    var table = TextTable(columns: ["item", "label", "predicted", "outputs"])
    for (item, prediction) in zip(inputs.items, predictions) {
      let order = prediction.outputs.indices.sorted {
        (prediction.outputs[$1], $0) < (prediction.outputs[$0], $1)
      }
      let outputs = order.prefix(count).map { "\(names.name(of: $0)): \(prediction.outputs[$0].short)" }
      table.append([
        item.name, item.label.map { names.name(of: $0) } ?? "", names.name(of: prediction.predicted),
        model.head.isBinary ? prediction.outputs[0].short : outputs.joined(separator: "   "),
      ])
    }
    print(table.text)
  }

  private func printAccuracy(_ predictions: [Predictor.Prediction], _ inputs: InputSet) {
    let labelled = zip(inputs.items, predictions).filter { $0.0.label != nil }
    guard !labelled.isEmpty else { return }
    let right = labelled.filter { $0.0.label == $0.1.predicted }.count
    let share = Double(right) / Double(labelled.count)
    print("\(right) of \(labelled.count) right (\(String(format: "%.1f", share * 100)) %)")
  }
}

extension [String] {
  /// The name of a class, or its number when it has none.
  func name(of index: Int) -> String { indices.contains(index) ? self[index] : "\(index)" }
}

extension Float {
  /// Four significant digits.
  var short: String { String(format: "%.4g", Double(self)) }
}
