import Explainers
import Foundation
import Networks
import TestSupport
import Testing

@Suite struct MethodCatalogTests {
  @Test func identifiersAreUniqueAndKebabCase() {
    let ids = MethodCatalog.methods.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect(id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(id)") }
  }

  @Test(arguments: MethodCatalog.methods)
  func textsAreComplete(info: MethodInfo) {
    #expect(info.summary.hasSuffix(".") && info.summary.count > 20)
    for text in [
      info.name, info.needs, info.cost, info.citation.authors, info.citation.title, info.citation.venue,
    ] {
      #expect(!text.isEmpty && text == text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    #expect(info.citation.firstAuthor == "\(info.citation.authors.prefix { $0 != "," }) et al.")
    #expect((1980...2100).contains(info.citation.year))
    #expect(Set(info.parameters.map(\.name)).count == info.parameters.count)
    for parameter in info.parameters {
      #expect(parameter.summary.hasSuffix(".") && !parameter.values.isEmpty && !parameter.standard.isEmpty)
      #expect(parameter.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
    }
  }

  /// The documented default is what the method takes when nothing is given.
  @Test(arguments: MethodCatalog.methods)
  func documentedDefaultsAreTheDefaults(info: MethodInfo) throws {
    let network = MethodCase(id: info.id, values: [:]).network(rank: 1)
    let model = try network.model()
    let plain = try model.explain(network.input(), with: MethodCatalog.method(info.id))
    for parameter in info.parameters where parameter.name != "layer" {
      let settings = MethodSettings(method: info.id, values: [parameter.name: parameter.standard])
      let found = try model.explain(network.input(), with: MethodCatalog.method(info.id, settings: settings))
      #expect(found.map.bits == plain.map.bits && found.parameters == plain.parameters, "\(parameter.name)")
    }
  }

  @Test func unknownMethod() {
    #expect(
      sentence { _ = try MethodCatalog.method("grad-camp") }
        == "there is no method 'grad-camp'; the methods are \(MethodCatalog.methods.map(\.id).joined(separator: ", "))"
    )
  }

  @Test(arguments: MethodCatalog.methods)
  func unknownParameter(info: MethodInfo) {
    let settings = MethodSettings(method: info.id, values: ["colour": "red"])
    let known = info.parameters.map(\.name).joined(separator: ", ")
    #expect(
      sentence { _ = try MethodCatalog.method(info.id, settings: settings) }
        == "the method '\(info.id)' has no parameter 'colour'; "
        + (known.isEmpty ? "it has none" : "its parameters are \(known)"))
  }

  /// Values that parameters do not take, and what they should be, for `parameter` or for `method.parameter` alone.
  static let badValues: [(name: String, value: String, expected: String)] = [
    ("steps", "0", "a whole number from 1 to 100000"),
    ("steps", "1.5", "a whole number from 1 to 100000"),
    ("steps", "100001", "a whole number from 1 to 100000"),
    ("steps", "99999999999999999999", "a whole number from 1 to 100000"),
    ("rule", "simpson", "one of left, right, midpoint, trapezoid, gauss-legendre, exact, auto"),
    ("tolerance", "0", "a number from 0.0001 to 1.0"),
    ("tolerance", "none", "a number from 0.0001 to 1.0"),
    ("baseline", "black", "zero, mean, blur, noise or the path of a file"),
    ("sigma", "0", "a number from 0.1 to 1000.0"),
    ("sigma", "nan", "a number from 0.1 to 1000.0"),
    ("sigma", "wide", "a number from 0.1 to 1000.0"),
    ("samples", "0", "a whole number from 1 to 10000"),
    ("seed", "-1", "a whole number from 0 to 4294967295"),
    ("seed", "4294967296", "a whole number from 0 to 4294967295"),
    ("upsample", "lanczos", "one of bilinear, nearest, cubic-spline"),
    ("relu", "yes", "true or false"),
    ("relu", "", "true or false"),
    (
      "preset", "zennit",
      "one of epsilon, epsilon-plus, epsilon-plus-flat, epsilon-alpha2-beta1, epsilon-alpha2-beta1-flat, epsilon-gamma-box, captum"
    ),
    (
      "rules", "conv: gama(1)",
      "a list of entries such as 'input: z-box(0,1); conv: gamma(0.25); dense: epsilon(1e-6); layer head: zero', but entry 1 "
        + "has the rule 'gama', and the rules are zero, epsilon, gamma, z-plus, alpha-beta, w-square, flat, z-box, pass, norm"
    ),
    ("start", "two", "one of score, one"),
    ("low", "deep", "a number, or one per channel with / between them, or auto"),
    ("high", "1/", "a number, or one per channel with / between them, or auto"),
    ("cam", "gradient", "grad-cam or grad-cam-plus-plus"),
    ("grad-cam-lrp.threshold", "1.5", "a number from 0 to 1, or otsu"),
    ("positive", "maybe", "true or false"),
    ("grad-cam-lrp.sigma", "-1", "a number from 0.0 to 1000.0"),
    ("fusion", "sum", "one of mean, max"),
    ("gamma", "-1", "a number from 0.0 to 100.0"),
    ("delta-reference", "mean", "one of baseline, zero"),
    ("integrated-grad-cam.rule", "exact", "one of left, right, midpoint, trapezoid, gauss-legendre"),
    (
      "integrated-gradients.variant", "course",
      "one of paper, tf-explain, tf-explain-uint8, tf-explain-uint8-wrapped"
    ),
    ("grad-cam.variant", "official", "one of paper, course"),
    ("grad-cam-plus-plus.variant", "paper", "one of pytorch-grad-cam, sum-of-products, official"),
    ("score-cam.variant", "course", "one of paper, official, torch-cam"),
    ("noise", "-0.1", "a number from 0.0 to 10.0"),
    ("form", "median", "one of mean, squared, variance"),
    ("expected-gradients.samples", "0", "a whole number from 1 to 100000"),
    ("methods", "", "identifiers with commas between them"),
    ("methods", "gradient,,lrp", "identifiers with commas between them"),
    ("fraction", "0", "a number from 0.01 to 1.0"),
    ("distance", "1.5", "a number from 0.0 to 1.0"),
    ("background", "black", "zero, mean, blur, noise or the path of a file"),
    ("deviation", "-1", "a number from 0.0 to 1000000.0"),
    ("window", "0", "auto, a whole number from 1 to 1000000, or one for every axis as in 5x3"),
    ("window", "5x", "auto, a whole number from 1 to 1000000, or one for every axis as in 5x3"),
    ("stride", "-1", "auto, a whole number from 1 to 1000000, or one for every axis as in 5x3"),
    ("features", "pixels", "one of positions, segments, auto"),
    ("segmentation", "slic", "one of equal, regions, auto"),
    ("segments", "0", "a whole number from 1 to 1000"),
    ("segments", "1001", "a whole number from 1 to 1000"),
    ("xrai.segments", "1", "a whole number from 2 to 1000"),
    ("masks", "0", "a whole number from 1 to 1000000"),
    ("masks", "many", "a whole number from 1 to 1000000"),
    ("cells", "0", "a whole number from 1 to 1000"),
    ("probability", "1", "a number from 0.001 to 0.999"),
    ("variant", "paper", "one of official, course"),
    ("stop-when-stable", "maybe", "true or false"),
    ("layers", "", "auto or names of layers with commas between them"),
    ("layers", "conv,,pool", "auto or names of layers with commas between them"),
    ("sise.threshold", "1", "a number from 0.0 to 0.999"),
    ("kernel-width", "0", "a number from 0.01 to 100.0"),
    ("ridge", "-1", "a number from 0.0 to 1000000.0"),
    ("lime.baseline", "black", "auto, segment-mean, zero, mean, blur, noise or the path of a file"),
  ]

  @Test(arguments: MethodCatalog.methods)
  func badValues(info: MethodInfo) {
    for parameter in info.parameters where parameter.name != "layer" {
      let own = Self.badValues.filter { $0.name == "\(info.id).\(parameter.name)" }
      let cases = own.isEmpty ? Self.badValues.filter { $0.name == parameter.name } : own
      #expect(!cases.isEmpty, "\(info.id).\(parameter.name) has no bad value here")
      for (_, value, expected) in cases {
        let settings = MethodSettings(method: info.id, values: [parameter.name: value])
        #expect(
          sentence { _ = try MethodCatalog.method(info.id, settings: settings) }
            == "'\(value)' is not a value for \(info.id).\(parameter.name), which should be \(expected)")
      }
    }
  }

  /// A layer is looked for when there is a model.
  @Test(arguments: MethodCatalog.methods.filter { $0.parameters.contains { $0.name == "layer" } })
  func unknownLayer(info: MethodInfo) throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let settings = MethodSettings(method: info.id, values: ["layer": "conv1d_9"])
    #expect(
      sentence {
        _ = try model.explain(network.input(), with: MethodCatalog.method(info.id, settings: settings))
      }
        == "the model has no layer 'conv1d_9'; its layers are \(model.layerNames.joined(separator: ", "))")
  }
}
