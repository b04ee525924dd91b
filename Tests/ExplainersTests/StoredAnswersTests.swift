import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Every method on tiny networks against TensorFlow's automatic differentiation in 64 bits.
@Suite struct StoredAnswersTests {
  /// A network and its stored answers.
  struct Network {
    var model: Model
    var answers: StoredAnswers
    var items: [(input: Tensor, target: Int)]

    init(_ name: String) throws {
      let folder = Bundle.module.bundlePath + "/Resources"
      model = try Model(keras: "\(folder)/\(name).h5")
      answers = try StoredAnswers("\(folder)/\(name).answers.h5")
      let input = try answers.tensor("input")
      // Stored answers count one sigmoid as output 0; it speaks for class 1.
      let isBinary = model.head.isBinary
      items = try answers.integers("target").enumerated().map { (input.item($0), isBinary ? 1 : $1) }
    }
  }

  static let names = [
    "signal-relu", "image-relu", "volume-relu", "signal-smooth", "signal-linear", "signal-sigmoid",
    "signal-saturated",
  ]

  /// The networks that have probabilities, in both spaces, and the one that has none, in the space of logits.
  static let cases = names.flatMap { name in
    ScoreSpace.allCases.map { (name, $0) }.filter { $0 != ("signal-linear", .probability) }
  }

  /// The largest error of a map that 32-bit networks are allowed, as a share of the map's largest value.
  static let bound = 1e-5

  private func check(_ found: Tensor, _ network: Network, _ item: Int, _ path: String) throws {
    var comparison = MapComparison()
    comparison.add(found.values, try network.answers.row(item, of: path))
    #expect(comparison.worst <= Self.bound, "\(path), item \(item)")
  }

  private func check(_ score: Double?, _ network: Network, _ item: Int, _ path: String) throws {
    let expected = try network.answers.doubles(item, of: path)[0]
    #expect(
      abs(try #require(score) - expected) <= Self.bound * max(abs(expected), 1e-3), "\(path), item \(item)")
  }

  @Test(arguments: cases)
  func gradients(name: String, space: ScoreSpace) throws {
    let network = try Network(name)
    for (item, (input, target)) in network.items.enumerated() {
      let gradient = try network.model.explain(input, with: .gradient, for: Target(.index(target), in: space))
      try check(gradient.map, network, item, "\(space.rawValue)/gradient")
      try check(gradient.score, network, item, "\(space.rawValue)/score")
      let product = try network.model.explain(
        input, with: .gradientTimesInput, for: Target(.index(target), in: space))
      try check(product.map, network, item, "\(space.rawValue)/gradient-times-input")
      try check(product.baselineScore, network, item, "\(space.rawValue)/score-at-zero-baseline")
    }
  }

  @Test(arguments: cases)
  func gradCAM(name: String, space: ScoreSpace) throws {
    let network = try Network(name)
    let layers = try network.answers.names(in: "\(space.rawValue)/grad-cam")
    #expect(layers.count >= 2)
    for (item, (input, target)) in network.items.enumerated() {
      for layer in layers {
        let target = Target(.index(target), in: space)
        let rectified = try network.model.explain(input, with: .gradCAM(at: layer), for: target)
        let signed = try network.model.explain(
          input, with: .gradCAM(at: layer, isRectified: false), for: target)
        try check(#require(rectified.layerMap), network, item, "\(space.rawValue)/grad-cam/\(layer)")
        try check(signed.map, network, item, "\(space.rawValue)/grad-cam-upsampled/\(layer)")
        try check(rectified.map, network, item, "\(space.rawValue)/grad-cam-relu-upsampled/\(layer)")
        #expect(rectified.layer == layer && rectified.map.minimum >= 0)
      }
    }
  }

  @Test(arguments: cases, [("", Baseline.zero), ("-mean-baseline", .mean)])
  func integratedGradients(network: (String, ScoreSpace), baseline: (suffix: String, value: Baseline)) throws
  {
    let space = network.1
    let network = try Network(network.0)
    let group = "\(space.rawValue)/integrated-gradients\(baseline.suffix)"
    let names = try network.answers.names(in: group)
    #expect(names.count == 6)
    for (item, (input, target)) in network.items.enumerated() {
      for name in names {
        let cut = try #require(name.lastIndex(of: "-"))
        let rule = try #require(PathRule(rawValue: String(name[..<cut])))
        let steps = try #require(Int(name[name.index(after: cut)...]))
        let found = try network.model.explain(
          input, with: .integratedGradients(steps: steps, rule: rule, baseline: baseline.value),
          for: Target(.index(target), in: space))
        try check(found.map, network, item, "\(group)/\(name)")
        try check(
          found.baselineScore, network, item, "\(space.rawValue)/score-at-\(baseline.value.name)-baseline")
        let gap = try #require(found.completenessGap)
        #expect(gap == found.map.sum - (found.score - (try #require(found.baselineScore))))
      }
    }
  }

  /// The path walked from kink to kink, against a path that was bisected in float64 until its parts have no kink.
  @Test(arguments: names.filter { $0 != "signal-smooth" }, [("", Baseline.zero), ("-mean-baseline", .mean)])
  func exactIntegratedGradients(name: String, baseline: (suffix: String, value: Baseline)) throws {
    let network = try Network(name)
    for (item, (input, target)) in network.items.enumerated() {
      let found = try network.model.explain(
        input, with: .integratedGradients(baseline: baseline.value), for: Target(.index(target), in: .logit))
      #expect(found.parameters.first == .init("rule", "exact"))
      try check(found.map, network, item, "logit/exact-integrated-gradients\(baseline.suffix)")
      let gap = try #require(found.completenessGap)
      #expect(abs(gap) <= 2e-6 * max(abs(found.score), 1))
    }
  }

  @Test(arguments: MethodCatalog.methods.map(\.id))
  func probabilitiesOfANetworkWithoutThem(method: String) throws {
    let network = try Network("signal-linear")
    let method = try MethodCatalog.method(method)
    #expect(throws: ExplanationError.model(.noProbabilities(lastLayer: "dense"))) {
      try network.model.explain(network.items[0].input, with: method, for: Target(.top, in: .probability))
    }
  }

  /// Probabilities so near one that 32 bits round them to it: the maps must not die.
  @Test func saturatedMapsLive() throws {
    let network = try Network("signal-saturated")
    for (input, target) in network.items {
      let target = Target(.index(target), in: .probability)
      let probability = try network.model.predict(input).maximum
      #expect(probability == 1)
      // The network has no global average pooling, which `cam` needs.
      for id in MethodCatalog.methods.map(\.id) where id != "cam" {
        let map = try network.model.explain(input, with: MethodCatalog.method(id), for: target).map
        #expect(map.values.contains { $0 != 0 }, "\(id)")
      }
    }
  }
}
