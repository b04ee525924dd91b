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
    "expected-gradients.background": ["zero", "mean", "blur", "noise"].map {
      ["background": $0, "samples": "9"]
    },
    "expected-gradients.samples": [["samples": "1"], ["samples": "70"]],
    "expected-gradients.seed": [["seed": "9", "samples": "4"]],
    "deviation": [["deviation": "0.3", "samples": "9"]],
    "blur-integrated-gradients.sigma": [["sigma": "0.7", "steps": "5"], ["sigma": "9.0", "steps": "5"]],
    "guided-integrated-gradients.samples": [["baseline": "noise", "samples": "3", "steps": "5"]],
    "fraction": [["fraction": "0.01", "steps": "5"], ["fraction": "1.0", "steps": "5"]],
    "distance": [["distance": "0.0", "steps": "5"], ["distance": "1.0", "steps": "5"]],
    "lrp.preset": RelevancePreset.allCases.map { ["preset": $0.rawValue] },
    "lrp.rules": [
      "any: zero", "any: gamma", "conv: gamma(0.25)", "any: z-plus", "any: alpha-beta(2,1)", "any: w-square",
      "any: flat", "input: z-box(-1,1); conv: gamma(0.1); dense: epsilon(0.01)", "any: z-box(-2,2)",
      "layer dense: alpha-beta(3,2); conv: norm(0.001)",
    ].map { ["rules": $0] },
    "lrp.start": [["start": "score"], ["start": "one"]],
    "lrp.low": [
      ["preset": "epsilon-gamma-box", "low": "-1.5"], ["low": "-1.0/-2.0", "rules": "input: z-box"],
    ],
    "lrp.high": [["preset": "epsilon-gamma-box", "high": "1.5/2.5"]],
    "deep-lift.baseline": Baseline.names.map { ["baseline": $0] },
    "deep-lift.sigma": [["baseline": "blur", "sigma": "0.7"]],
    "deep-lift.samples": [["baseline": "noise", "samples": "3"]],
    "deep-lift.seed": [["baseline": "noise", "seed": "9", "samples": "2"]],
    "consensus.methods": [["methods": "gradient,grad-cam"], ["methods": "lrp"]],
    "grad-cam-lrp.cam": [["cam": "grad-cam"], ["cam": "grad-cam-plus-plus"]],
    "grad-cam-lrp.threshold": [["threshold": "0.0"], ["threshold": "0.6"], ["threshold": "otsu"]],
    "grad-cam-lrp.sigma": [["sigma": "0.0"], ["sigma": "2.5"]],
    "grad-cam-lrp.positive": [["positive": "true"]],
    "grad-cam-lrp.preset": [["preset": "captum"], ["preset": "epsilon-plus"]],
    "grad-cam-lrp.rules": [["rules": "any: gamma(0.5)"]],
    "grad-cam-lrp.start": [["start": "one"]],
    "grad-cam-lrp.low": [["preset": "epsilon-gamma-box", "low": "-1.5"]],
    "grad-cam-lrp.high": [["preset": "epsilon-gamma-box", "high": "1.5"]],
    "fusion": ["mean", "max"].map { ["layer": "conv-activation,pool,conv-2-activation", "fusion": $0] },
    "gamma": [["layer": "conv-activation,pool", "gamma": "2.0"]],
    "delta-reference": [["delta-reference": "zero", "steps": "5"], ["delta-reference": "baseline"]],
    "integrated-gradients.variant": [
      ["variant": "tf-explain"], ["variant": "tf-explain", "steps": "4", "baseline": "mean"],
      ["variant": "tf-explain-uint8"], ["variant": "tf-explain-uint8-wrapped"],
    ],
    "grad-cam.variant": [["variant": "course"], ["variant": "course", "upsample": "nearest"]],
    "grad-cam-plus-plus.variant": GradCAMPlusPlus.Variant.allCases.map { ["variant": $0.rawValue] },
    "score-cam.variant": [["variant": "paper"], ["variant": "official"], ["variant": "torch-cam"]],
    "smooth-grad.samples": [["samples": "1"], ["samples": "70"]],
    "smooth-grad.seed": [["seed": "9", "samples": "4"]],
    "noise": [["noise": "0.0", "samples": "3"], ["noise": "0.5", "samples": "3"]],
    "form": ["mean", "squared", "variance"].map { ["form": $0, "samples": "4"] },
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
