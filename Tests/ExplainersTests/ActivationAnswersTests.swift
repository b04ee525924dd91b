import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Methods on feature maps, and those that replace the derivative of a ReLU, on tiny networks against their formulas in 64 bits, which
/// agree with pytorch-grad-cam and Captum.
@Suite struct ActivationAnswersTests {
  static let names = ["signal-relu", "image-relu", "volume-relu", "signal-sigmoid"]

  /// Methods by the names of their answers, on one layer; the answer is the map at the layer.
  static let atLayers: [(String, @Sendable (String) -> any Explainer)] = [
    ("grad-cam-plus-plus", { .gradCAMPlusPlus(at: $0) }),
    ("grad-cam-plus-plus-official", { .gradCAMPlusPlus(at: $0, variant: .official) }),
    ("layer-cam", { .layerCAM(at: $0) }),
    ("xgrad-cam", { .xGradCAM(at: $0) }),
    ("hires-cam", { .hiResCAM(at: $0) }),
    ("eigen-cam", { .eigenCAM(at: $0) }),
    ("ablation-cam", { .ablationCAM(at: $0) }),
    ("score-cam", { .scoreCAM(at: $0) }),
    ("score-cam-torch-cam", { .scoreCAM(at: $0, variant: .torchCAM) }),
    ("integrated-grad-cam-midpoint-20-baseline", { .integratedGradCAM(at: $0, steps: 20) }),
    (
      "integrated-grad-cam-left-50-zero",
      { .integratedGradCAM(at: $0, steps: 50, rule: .left, reference: .zero) }
    ),
  ]

  /// The same for methods whose answer is the map over the input.
  static let overInputs: [(String, @Sendable (String) -> any Explainer)] = [
    ("score-cam-official", { .scoreCAM(at: $0, variant: .official) }),
    ("guided-grad-cam", { .guidedGradCAM(at: $0) }),
  ]

  /// The largest error, as a share of a map's largest value.
  ///
  /// The weights of Ablation-CAM are differences of scores that 32-bit networks give, so that their errors are shares of the score.
  static func bound(for name: String) -> Double { name == "ablation-cam" ? 1e-4 : 1e-5 }

  private func answers() throws -> StoredAnswers {
    try StoredAnswers(Bundle.module.bundlePath + "/Resources/activation.answers.h5")
  }

  private func check(_ found: Tensor, _ answers: StoredAnswers, _ item: Int, _ path: String) throws {
    var comparison = MapComparison()
    comparison.add(found.values, try answers.row(item, of: path))
    if comparison.worst > 3e-6 { print("\(path), item \(item): \(comparison.worst)") }
    let bound = Self.bound(for: path.split(separator: "/").dropFirst(2).first.map(String.init) ?? "")
    #expect(comparison.worst <= bound, "\(path), item \(item)")
  }

  @Test(arguments: names, ScoreSpace.allCases)
  func mapsOfLayers(name: String, space: ScoreSpace) throws {
    let network = try StoredAnswersTests.Network(name)
    let answers = try answers()
    var count = 0
    for (method, make) in Self.atLayers + Self.overInputs {
      let group = "\(name)/\(space.rawValue)/\(method)"
      for layer in try answers.names(in: group) {
        for (item, (input, target)) in network.items.enumerated() {
          let found = try network.model.explain(
            input, with: make(layer), for: Target(.index(target), in: space))
          let isAtLayer = Self.atLayers.contains { $0.0 == method }
          try check(isAtLayer ? #require(found.layerMap) : found.map, answers, item, "\(group)/\(layer)")
          count += 1
        }
      }
    }
    #expect(count >= 2 * 2 * 10)
  }

  @Test(arguments: names, ScoreSpace.allCases)
  func mapsOfTheInput(name: String, space: ScoreSpace) throws {
    let network = try StoredAnswersTests.Network(name)
    let answers = try answers()
    let group = "\(name)/\(space.rawValue)"
    for (item, (input, target)) in network.items.enumerated() {
      func explain(_ method: some Explainer) throws -> Attribution {
        try network.model.explain(input, with: method, for: Target(.index(target), in: space))
      }
      try check(explain(.guidedBackprop).map, answers, item, "\(group)/guided-backprop")
      try check(explain(.deconvnet).map, answers, item, "\(group)/deconvnet")
      for form in SmoothGrad.Form.allCases {
        let found = try explain(.smoothGrad(samples: 5, noise: 0.2, form: form, seed: 3))
        try check(found.map, answers, item, "\(group)/smooth-grad-\(form.rawValue)")
        guard form == .mean else { continue }
        try check(#require(found.standardError), answers, item, "\(group)/smooth-grad-error")
      }
      let layers = try answers.names(in: "\(group)/layer-cam")
      for (fusion, gamma) in [(LayerFusion.mean, 0.0), (.maximum, 2)] {
        let options = FeatureMapOptions(layers: layers, fusion: fusion)
        let found = try explain(LayerCAM(options, gamma: gamma))
        try check(found.map, answers, item, "\(group)/fused-\(fusion.rawValue)-\(Int(gamma))")
      }
    }
  }

  @Test(arguments: ["image-relu", "signal-sigmoid"], ScoreSpace.allCases)
  func cam(name: String, space: ScoreSpace) throws {
    let network = try StoredAnswersTests.Network(name)
    for (item, (input, target)) in network.items.enumerated() {
      let found = try network.model.explain(input, with: .cam(), for: Target(.index(target), in: space))
      try check(#require(found.layerMap), answers(), item, "\(name)/\(space.rawValue)/cam")
    }
  }
}
