import ArgumentParser
import SignalLens

/// The command `lens summary`.
struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "Shows a model's layers, shapes, parameters and where Grad-CAM would attach.")

  @Argument(help: "The Keras .h5 file.")
  var model: String

  func run() throws {
    let model = try Model(keras: model)
    var table = TextTable(columns: ["layer", "class", "output", "parameters"], rightAligned: [3])
    for name in model.layerNames {
      let nodes = model.nodes.filter { $0.layerName == name }
      guard let last = nodes.last else { continue }
      let parameters = nodes.reduce(0) { $0 + $1.parameterCount }
      table.append([name, last.layerClass, last.shape.item, parameters.grouped])
    }
    print("\(model.name)\n\n\(table.text)\n")
    print("Parameters        \(model.parameterCount.grouped)")
    print("Input             \(model.inputShape.item)")
    print("Classes           \(model.head.classes)")
    print("Score spaces      \(spaces(of: model))")
    print(
      "Grad-CAM layer    \(model.defaultFeatureMaps.map { model.nodes[$0].name } ?? "none: the model has no convolution")"
    )
    print("Activations       \((model.activationBytes / 1024).grouped) KiB per item")
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
