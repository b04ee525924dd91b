import Foundation
import TensorCore

extension ModelSummary {
  /// The headings of the table of layers: what layers read stands there only when the model is no chain.
  public var columns: [String] {
    ["layer", "class", "output", "parameters", "receptive field"] + (isChain ? [] : ["reads"])
  }

  /// The rows of the table of layers.
  public var rows: [[String]] {
    layers.map { layer in
      let parameters = layer.isShared ? "shared" : layer.parameters.grouped
      let reads = isChain ? [] : [layer.reads.joined(separator: ", ")]
      return [
        layer.name, layer.layerClass, Shape(layer.outputShape).description, parameters,
        layer.fieldText(namesInputs: inputs.count > 1),
      ] + reads
    }
  }

  /// What is said below the table, each with its name.
  public var facts: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = [
      ("Parameters", parameters.grouped), ("Input", Self.text(inputs)),
    ]
    if outputs.count > 1 { facts.append(("Outputs", Self.text(outputs))) }
    facts.append(("Classes", "\(classes)"))
    facts.append(
      (
        "Score spaces",
        normalizer.map { "\(scoreSpaces.joined(separator: ", ")) (\($0))" }
          ?? "logit (the model ends in neither softmax nor sigmoid)"
      ))
    facts.append(("Grad-CAM layer", gradCAMLayer ?? "none: the model has no convolution"))
    facts.append(("Activations", "\((activationBytes / 1024).grouped) KiB per item"))
    let gradCAM = gradCAMBytes.map { "Grad-CAM \($0.inKibibytes), " } ?? ""
    facts.append(
      (
        "Memory",
        "\(gradCAM)integrated gradients \(integratedGradientsBytes.inKibibytes) per thread (estimated from activations, without weights)"
      ))
    return facts + notes.map { ("Note", $0) }
  }

  /// The shape of one input or output; of several with their names.
  private static func text(_ ends: [End]) -> String {
    let shapes = ends.map { Shape($0.shape).description }
    return ends.count == 1 ? shapes[0] : zip(ends, shapes).map { "\($0.name) \($1)" }.joined(separator: ", ")
  }
}

extension LayerSummary {
  /// The receptive field as a text: size and stride per axis, `5x5 / 2x2`.
  func fieldText(namesInputs: Bool) -> String {
    receptiveFields.map { field in
      (namesInputs ? "\(field.input) " : "") + field.axes.fieldText
    }.joined(separator: ", ")
  }
}

extension [LayerSummary.Axis] {
  fileprivate var fieldText: String {
    if allSatisfy({ $0.size == nil }) { return "all" }
    let sizes = map { $0.size.map { "\($0)" } ?? "all" }.joined(separator: "x")
    let strides = map { $0.stride.map(Self.text) ?? "-" }.joined(separator: "x")
    return "\(sizes) / \(strides)"
  }

  private static func text(_ stride: Double) -> String {
    stride == stride.rounded() ? "\(Int(stride))" : String(format: "%.4g", stride)
  }
}

extension Int {
  /// With a comma after every three digits: `12,345`.
  package var grouped: String {
    let digits = String(magnitude)
    let groups = stride(from: digits.count, to: 0, by: -3).map { digits.prefix($0).suffix(3) }
    return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }

  /// A number of bytes, rounded up.
  fileprivate var inKibibytes: String { "\(((self + 1023) / 1024).grouped) KiB" }
}
