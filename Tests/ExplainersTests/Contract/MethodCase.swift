import Explainers
import TestSupport
import Testing

/// A method of the catalogue with settings: the defaults, or one parameter set to a value of its own.
struct MethodCase: CustomTestStringConvertible, Sendable {
  var id: String
  var values: [String: String]

  var testDescription: String {
    ([id] + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
  }

  func method() throws -> any Explainer {
    try MethodCatalog.method(id, settings: MethodSettings(method: id, values: values))
  }

  /// A network that the method can explain: `cam` needs the mean over all positions at its end.
  func network(rank: Int) -> TinyNetwork {
    var network = TinyNetwork(rank: rank)
    network.endsInGlobalMean = id == "cam"
    return network
  }

  /// Every method of the catalogue with its defaults and with every value that `samples` has for its parameters.
  static let all: [MethodCase] = MethodCatalog.methods.flatMap { info in
    [MethodCase(id: info.id, values: [:])]
      + info.parameters.flatMap { parameter in
        samples(of: parameter.name, for: info.id).map { MethodCase(id: info.id, values: $0) }
      }
  }

  /// Settings to try for a parameter: those for this method alone, or else those for any method that has it.
  static func samples(of parameter: String, for id: String) -> [[String: String]] {
    samples["\(id).\(parameter)"] ?? samples[parameter] ?? []
  }

  /// Settings to try for every parameter, as `parameter` or as `method.parameter`, on the network of `TinyNetwork`.
  private static let samples: [String: [[String: String]]] = [
    "steps": [["steps": "1"], ["steps": "70"]],
    "rule": PathRule.allCases.map { ["rule": $0.rawValue, "steps": "5"] },
    "tolerance": [["tolerance": "0.01"], ["tolerance": "0.5"]],
    "baseline": Baseline.names.map { ["baseline": $0, "steps": "5"] },
    "sigma": [["baseline": "blur", "sigma": "0.7", "steps": "5"]],
    "samples": [["baseline": "noise", "samples": "3", "steps": "5"]],
    "seed": [["baseline": "noise", "seed": "9", "samples": "2", "steps": "5"]],
    "layer": [["layer": "conv"], ["layer": "pool"], ["layer": "input"]],
    "upsample": [["upsample": "bilinear"], ["upsample": "nearest"], ["upsample": "cubic-spline"]],
    "relu": [["relu": "true"], ["relu": "false"]],
    "fusion": ["mean", "max"].map { ["layer": "conv-activation,pool,conv-2-activation", "fusion": $0] },
    "gamma": [["layer": "conv-activation,pool", "gamma": "2.0"]],
    "delta-reference": [["delta-reference": "zero", "steps": "5"], ["delta-reference": "baseline"]],
    "grad-cam.variant": [["variant": "course"], ["variant": "course", "upsample": "nearest"]],
    "grad-cam-plus-plus.variant": GradCAMPlusPlus.Variant.allCases.map { ["variant": $0.rawValue] },
    "score-cam.variant": [["variant": "paper"], ["variant": "official"], ["variant": "torch-cam"]],
    "smooth-grad.samples": [["samples": "1"], ["samples": "70"]],
    "smooth-grad.seed": [["seed": "9", "samples": "4"]],
    "noise": [["noise": "0.0", "samples": "3"], ["noise": "0.5", "samples": "3"]],
    "form": ["mean", "squared", "variance"].map { ["form": $0, "samples": "4"] },
  ]
}
