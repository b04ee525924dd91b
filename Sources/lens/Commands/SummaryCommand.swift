import ArgumentParser
import SignalLens

/// The command `lens summary`.
struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "Shows a model's layers, shapes, parameters and where Grad-CAM would attach.")

  @OptionGroup var source: ModelArguments

  func run() throws {
    let (model, notes) = try source.open()
    var table = TextTable(columns: ["layer", "class", "output", "parameters"], rightAligned: [3])
    for name in model.layerNames {
      let nodes = model.nodes.filter { $0.layerName == name }
      guard let last = nodes.last else { continue }
      let parameters = nodes.reduce(0) { $0 + $1.parameterCount }
      table.append([name, last.layerClass, last.shape.item, parameters.grouped])
    }
    print("\(model.name)\n\n\(table.text)\n")
    print("Parameters        \(model.parameterCount.grouped)")
    print("Input             \(ends(model.inputs, of: model))")
    if model.outputs.count > 1 { print("Outputs           \(ends(model.outputs, of: model))") }
    print("Classes           \(model.head.classes)")
    print("Score spaces      \(spaces(of: model))")
    print(
      "Grad-CAM layer    \(model.defaultFeatureMaps.map { model.nodes[$0].name } ?? "none: the model has no convolution")"
    )
    print("Activations       \((model.activationBytes / 1024).grouped) KiB per item")
    for note in notes { print("Note              \(note)") }
  }

  /// The shape of one input or output; of several with their names.
  private func ends(_ ids: [Model.Node.ID], of model: Model) -> String {
    let shapes = ids.map { model.nodes[$0].shape.item }
    return ids.count == 1
      ? shapes[0] : zip(ids, shapes).map { "\(model.nodes[$0].name) \($1)" }.joined(separator: ", ")
  }

  private func spaces(of model: Model) -> String {
    guard let normalizer = model.head.normalizer else {
      return "logit (the model ends in neither softmax nor sigmoid)"
    }
    return "logit, probability (\(normalizer.rawValue))"
  }
}

extension Int {
  /// With a comma after every three digits: `12,345`.
  var grouped: String {
    let digits = String(magnitude)
    let groups = stride(from: digits.count, to: 0, by: -3).map { end -> Substring in
      let suffix = digits.prefix(end)
      return suffix.suffix(3)
    }
    return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }
}
