import Explainers
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

  /// Every method of the catalogue with its defaults and with every value that `samples` has for its parameters.
  static let all: [MethodCase] = MethodCatalog.methods.flatMap { info in
    let few = fewMasks[info.id] ?? [:]
    return [MethodCase(id: info.id, values: few)]
      + info.parameters.flatMap { parameter in
        samples(of: parameter.name, for: info.id).map {
          MethodCase(id: info.id, values: few.merging($0) { _, given in given })
        }
      }
  }

  /// Methods whose thousands of masks make the tests long without making them sharper: the laws hold for any number.
  private static let fewMasks: [String: [String: String]] = ["rise", "lime", "kernel-shap"].reduce(into: [:])
  {
    $0[$1] = ["masks": "150"]
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
    "occlusion.window": ["1", "3", "100"].map { ["window": $0] },
    "occlusion.stride": [["stride": "1"], ["stride": "2", "window": "3"], ["stride": "9"]],
    "occlusion.baseline": Baseline.names.map { ["baseline": $0] },
    "occlusion.sigma": [["baseline": "blur", "sigma": "0.7"]],
    "occlusion.samples": [["baseline": "noise", "samples": "3"]],
    "occlusion.seed": [["baseline": "noise", "seed": "9", "samples": "2"]],
    "feature-ablation.features": [["features": "positions"], ["features": "segments"]],
    "feature-ablation.segmentation": ["equal", "regions"].map {
      ["segmentation": $0, "features": "segments"]
    },
    "feature-ablation.segments": [["segments": "4", "features": "segments"]],
    "feature-ablation.baseline": Baseline.names.map { ["baseline": $0] },
    "feature-ablation.sigma": [["baseline": "blur", "sigma": "0.7"]],
    "feature-ablation.samples": [["baseline": "noise", "samples": "3"]],
    "feature-ablation.seed": [["baseline": "noise", "seed": "9", "samples": "2"]],
    "rise.masks": [["masks": "1"], ["masks": "90"]],
    "rise.cells": [["cells": "1", "masks": "50"], ["cells": "30", "masks": "50"]],
    "rise.probability": [["probability": "0.2", "masks": "50"]],
    "rise.variant": [["variant": "course", "masks": "50"]],
    "rise.stop-when-stable": [["stop-when-stable": "true", "masks": "400"]],
    "rise.baseline": Baseline.names.map { ["baseline": $0, "masks": "40"] },
    "rise.sigma": [["baseline": "blur", "sigma": "0.7", "masks": "40"]],
    "rise.samples": [["baseline": "noise", "samples": "3", "masks": "40"]],
    "rise.seed": [["seed": "9", "masks": "40"]],
    "layers": [["layers": "conv"], ["layers": "conv,pool,conv-2"]],
    "threshold": [["threshold": "0.5"]],
    "sise.variant": [["variant": "course"]],
    "sise.baseline": Baseline.names.map { ["baseline": $0] },
    "sise.sigma": [["baseline": "blur", "sigma": "0.7"]],
    "sise.samples": [["baseline": "noise", "samples": "3"]],
    "sise.seed": [["baseline": "noise", "seed": "9", "samples": "2"]],
    "ada-sise.baseline": Baseline.names.map { ["baseline": $0] },
    "ada-sise.sigma": [["baseline": "blur", "sigma": "0.7"]],
    "ada-sise.samples": [["baseline": "noise", "samples": "3"]],
    "ada-sise.seed": [["baseline": "noise", "seed": "9", "samples": "2"]],
    "stop-when-stable": [["stop-when-stable": "true"]],
    "lime.masks": [["masks": "30"]],
    "kernel-shap.masks": [["masks": "1"], ["masks": "90"]],
    "kernel-width": [["kernel-width": "0.05", "masks": "100"], ["kernel-width": "10.0", "masks": "100"]],
    "ridge": [["ridge": "100.0", "masks": "100"]],
    "segmentation": [["segmentation": "equal"], ["segmentation": "regions"]],
    "segments": [["segments": "1"], ["segments": "6"]],
    "lime.baseline": (["segment-mean"] + Baseline.names).map { ["baseline": $0, "masks": "60"] },
    "lime.sigma": [["baseline": "blur", "sigma": "0.7", "masks": "60"]],
    "lime.samples": [["baseline": "noise", "samples": "3", "masks": "60"]],
    "lime.seed": [["seed": "9", "masks": "60"]],
    "kernel-shap.baseline": Baseline.names.map { ["baseline": $0, "masks": "90"] },
    "kernel-shap.sigma": [["baseline": "blur", "sigma": "0.7", "masks": "90"]],
    "kernel-shap.samples": [["baseline": "noise", "samples": "3", "masks": "90"]],
    "xrai.segments": [["segments": "2"], ["segments": "9"]],
    "kernel-shap.seed": [["seed": "9", "masks": "90"]],
  ]
}
