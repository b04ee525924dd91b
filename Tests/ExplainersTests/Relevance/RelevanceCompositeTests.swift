import Explainers
import TestSupport
import Testing

@Suite struct RelevanceCompositeTests {
  private func composite(_ text: String) throws -> RelevanceComposite {
    let method = try MethodCatalog.method("lrp", settings: .init(method: "lrp", values: ["rules": text]))
    return try #require((method as? LRP)?.propagation.rules.composite)
  }

  @Test func textsAreRead() throws {
    let found = try composite(
      "input: z-box(0,1); conv : gamma ; dense:epsilon( 1e-6 ); layer a:b: zero;average: norm(0.5); maximum: epsilon(0);"
        + "any: alpha-beta(3,2); add: norm; normalization: pass; any: w-square; any: flat; any: z-plus; input: z-box(auto,1/2.5)"
    )
    #expect(
      found.text
        == "input: z-box(0.0,1.0); conv: gamma(0.25); dense: epsilon(1e-06); layer a:b: zero; average: norm(0.5); "
        + "maximum: epsilon(0); any: alpha-beta(3,2); add: norm(1e-06); normalization: pass; any: w-square; any: flat; "
        + "any: z-plus; input: z-box(auto,1.0/2.5)")
    #expect(!found.mergesNormalizations)
    #expect(try composite(found.text).text == found.text)
  }

  @Test(arguments: RelevancePreset.allCases)
  func presetsAreTexts(preset: RelevancePreset) throws {
    #expect(try composite(preset.composite.text).text == preset.composite.text)
    #expect(preset.composite.mergesNormalizations == (preset != .captum))
  }

  static let wrong: [(text: String, problem: String)] = [
    ("", "entry 1 is empty"),
    ("any: zero;", "entry 2 is empty"),
    ("any zero", "entry 1 has no ':' between the layers and their rule"),
    (
      "any: zero; pool: zero",
      "entry 2 is for 'pool', which is neither one of input, conv, dense, any, normalization, average, maximum, add nor 'layer' and a name"
    ),
    (
      "any: sigma",
      "entry 1 has the rule 'sigma', and the rules are zero, epsilon, gamma, z-plus, alpha-beta, w-square, flat, z-box, pass, norm"
    ),
    ("any: gamma(1", "entry 1 has 'gamma(1', whose bracket is not closed"),
    ("any: gamma(x)", "entry 1 has 'gamma(x)', but 'gamma' takes one number from 0 to 1000000"),
    ("any: gamma(-1)", "entry 1 has 'gamma(-1)', but 'gamma' takes one number from 0 to 1000000"),
    ("any: gamma(nan)", "entry 1 has 'gamma(nan)', but 'gamma' takes one number from 0 to 1000000"),
    ("any: gamma(1,2)", "entry 1 has 'gamma(1,2)', but 'gamma' takes one number from 0 to 1000000"),
    ("any: flat(1)", "entry 1 has 'flat(1)', but 'flat' takes no numbers"),
    ("any: alpha-beta(2)", "entry 1 has 'alpha-beta(2)', but 'alpha-beta' takes 2 numbers from 0 to 1000000"),
    ("any: alpha-beta(2,2)", "entry 1 has 'alpha-beta(2,2)', whose first number should be the second plus 1"),
    (
      "any: z-box(0)",
      "entry 1 has 'z-box(0)', but 'z-box' takes two bounds, each a number, numbers with '/' between them, or auto"
    ),
    (
      "any: z-box(0,inf)",
      "entry 1 has 'z-box(0,inf)', but 'z-box' takes two bounds, each a number, numbers with '/' between them, or auto"
    ),
  ]

  @Test(arguments: wrong)
  func wrongTexts(text: String, problem: String) {
    #expect(
      sentence { _ = try composite(text) }
        == "'\(text)' is not a value for lrp.rules, which should be a list of entries such as "
        + "'input: z-box(0,1); conv: gamma(0.25); dense: epsilon(1e-6); layer head: zero', but \(problem)")
  }

  @Test func rulesAndPresetExclude() {
    let settings = MethodSettings(method: "lrp", values: ["rules": "any: zero", "preset": "epsilon"])
    #expect(
      sentence { _ = try MethodCatalog.method("lrp", settings: settings) }
        == "lrp.rules and lrp.preset cannot be given together; leave one of them out")
  }
}
