import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

/// One dense layer with the numbers worked by hand:
/// a = (1, -2, 3), W = [[1, -1], [.5, 2], [1, 1]], b = (.5, -.2), z = (3.5, -2.2), R = (2, 1).
@Suite struct RelevanceRuleTests {
  /// A rule and what it should give for the three inputs.
  struct Case: Sendable, CustomTestStringConvertible {
    var rule: any RelevanceRule
    var expected: [Float]

    var testDescription: String { rule.text }
  }

  private static let layer: ConvolutionLayer? = {
    let weights = Tensor([3, 2], [1, -1, 0.5, 2, 1, 1])
    let convolution = try? Convolution(
      weights: weights, bias: Tensor([2], [0.5, -0.2]), window: Window(kernel: []))
    return convolution.map { ConvolutionLayer($0) }
  }()

  static let cases: [Case] = [
    // 2 / 3.5 and 1 / -2.2 times w times a: .5714 (1, -1, 3) - .4545 (-1, -4, 3)
    Case(rule: ZeroRule(), expected: [1.025974, 1.246753, 0.350649]),
    Case(rule: EpsilonRule(epsilon: 1e-6), expected: [1.025974, 1.246753, 0.350649]),
    Case(rule: NormRule(epsilon: 1e-6), expected: [1.025974, 1.246753, 0.350649]),
    // 2 / 3.75 and 1 / -2.45
    Case(rule: EpsilonRule(epsilon: 0.25), expected: [0.941497, 1.099320, 0.375510]),
    // Denominators 1 + 3 + .5 = 4.5 and 3.
    Case(rule: ZPlusRule(), expected: [0.444444, 0, 2.333333]),
    Case(rule: AlphaBetaRule(alpha: 1, beta: 0), expected: [0.444444, 0, 2.333333]),
    Case(rule: AlphaBetaRule(alpha: 2, beta: 1), expected: [0.696581, -2.769229, 4.666665]),
    Case(rule: GammaRule(gamma: 0.25), expected: [0.897683, 0.996139, 0.764479]),
    Case(rule: GammaRule(gamma: 0), expected: [1.025974, 1.246753, 0.350649]),
    // Denominators 10.5 and 10.
    Case(rule: ZBoxRule(low: [-3], high: [3]), expected: [0.961905, 0.295238, 1.742857]),
    Case(rule: ZBoxRule(low: [-3, -3, -3], high: [3, 3, 3]), expected: [0.961905, 0.295238, 1.742857]),
    // Denominators 2.25 + .25 and 6 + .04.
    Case(rule: WSquareRule(), expected: [0.965563, 0.862251, 0.965563]),
    Case(rule: FlatRule(), expected: [1, 1, 1]),
  ]

  @Test(arguments: cases)
  func workedExample(test: Case) throws {
    let layer = try #require(Self.layer)
    let input = Tensor([1, 3], [1, -2, 3])
    let site = Site(inputs: [input], output: try layer.forward([input]))
    let found = try test.rule.divide(Tensor([1, 2], [2, 1]), at: LinearSite(layer, at: site))
    #expect(found.count == 1 && found[0].shape == [1, 3])
    for (a, b) in zip(found[0].values, test.expected) { #expect(abs(a - b) <= 2e-6, "\(found[0].values)") }
  }

  /// What the bias takes at epsilon = 0: 2 * .5 / 3.5 + 1 * .2 / 2.2 = .376623.
  @Test func theBiasKeepsItsShare() throws {
    let layer = try #require(Self.layer)
    let input = Tensor([1, 3], [1, -2, 3])
    let site = Site(inputs: [input], output: try layer.forward([input]))
    let found = try ZeroRule().divide(Tensor([1, 2], [2, 1]), at: LinearSite(layer, at: site))
    #expect(abs(found[0].sum - (3 - 0.376623)) <= 2e-6)
  }

  /// The item's own range is the box when none is given: here -2 to 3.
  @Test func openBox() throws {
    let layer = try #require(Self.layer)
    let input = Tensor([1, 3], [1, -2, 3])
    let site = LinearSite(layer, at: Site(inputs: [input], output: try layer.forward([input])))
    let relevance = Tensor([1, 2], [2, 1])
    let open = try ZBoxRule().divide(relevance, at: site)
    #expect(try open == ZBoxRule(low: [-2], high: [3]).divide(relevance, at: site))
    #expect(abs(open[0].sum - 3) <= 2e-6)
  }

  @Test func bounds() throws {
    let layer = try #require(Self.layer)
    let input = Tensor([1, 3])
    let site = LinearSite(layer, at: Site(inputs: [input], output: try layer.forward([input])))
    #expect(throws: GeometryError.channelMismatch(expected: 2, found: 3)) {
      try ZBoxRule(low: [0, 0], high: [1]).divide(Tensor([1, 2]), at: site)
    }
  }

  /// Nothing flows, and nothing is not a number, where nothing came in.
  @Test(arguments: cases)
  func zeroInputs(test: Case) throws {
    let dense = ConvolutionLayer(
      try Convolution(weights: Tensor([3, 2], [1, -1, 0.5, 2, 1, 1]), window: Window(kernel: [])))
    let input = Tensor([1, 3])
    let site = LinearSite(dense, at: Site(inputs: [input], output: try dense.forward([input])))
    let found = try test.rule.divide(Tensor([1, 2], [2, 1]), at: site)[0]
    #expect(found.indexOfFirstNonFinite == nil)
    let ignoresInput = test.rule is FlatRule || test.rule is WSquareRule || test.rule is ZBoxRule
    #expect(ignoresInput || found.values.allSatisfy { $0 == 0 })
  }

  /// The ratio rule at an addition, R = 1: of 2 and -1.5 that sum to .5 the shares are 4 and -3.
  @Test func addition() throws {
    let add = MergeLayer(.add)
    let inputs = [Tensor([1, 1], [2]), Tensor([1, 1], [-1.5])]
    let site = LinearSite(add, at: Site(inputs: inputs, output: add.forward(inputs)))
    let found = try NormRule().divide(Tensor([1, 1], [1]), at: site)
    #expect(abs(found[0].values[0] - 4) <= 1e-5 && abs(found[1].values[0] + 3) <= 1e-5)
    // With epsilon = .5 the denominator is 1.
    let calm = try NormRule(epsilon: 0.5).divide(Tensor([1, 1], [1]), at: site)
    #expect(calm[0].values == [2] && calm[1].values == [-1.5])
  }

  /// A factor and a summand as a linear layer of its own: y = 3 x - 1 at x = 2, R = 10: 6 of 5 parts.
  @Test func scaling() throws {
    let layer = NormalizationLayer(ChannelScaling(scale: [3], shift: [-1]), parameterCount: 4)
    let input = Tensor([1, 1], [2])
    let site = LinearSite(layer, at: Site(inputs: [input], output: layer.forward([input])))
    #expect(abs(try ZeroRule().divide(Tensor([1, 1], [10]), at: site)[0].values[0] - 12) <= 1e-5)
    #expect(PassRule().divide(Tensor([1, 1], [10]), at: site)[0].values == [10])
    #expect(abs(try FlatRule().divide(Tensor([1, 1], [10]), at: site)[0].values[0] - 10) <= 1e-4)
  }

  /// Every kind of linear layer by a rule with modified weights, against the rule written out over the layer's matrix.
  @Test(arguments: 0..<6)
  func anyLinearLayer(kind: Int) throws {
    let (layer, shape) = try Self.linearLayer(kind)
    let input = Tensor(shape, seed: 3)
    let output = try layer.forward([input])
    let relevance = Tensor(output.shape, seed: 4)
    let site = Site(inputs: [input], output: output)
    let found = try ZPlusRule(epsilon: 1e-6).divide(relevance, at: LinearSite(layer, at: site))[0]
    // The matrix, column by column; the bias is what zeros give.
    let bias = try layer.forward([Tensor(shape)]).values
    var columns: [[Float]] = []
    for index in 0..<input.count {
      var unit = [Float](repeating: 0, count: input.count)
      unit[index] = 1
      columns.append(zip(try layer.forward([Tensor(shape, unit)]).values, bias).map { $0 - $1 })
    }
    var denominators = bias.map { Double(max($0, 0)) + 1e-6 }
    let values = input.values
    for (index, column) in columns.enumerated() {
      for (j, weight) in column.enumerated() { denominators[j] += Double(max(weight * values[index], 0)) }
    }
    let expected = columns.enumerated().map { index, column in
      column.enumerated().reduce(0) {
        $0 + Double(max($1.element * values[index], 0)) * Double(relevance.values[$1.offset])
          / denominators[$1.offset]
      }
    }
    #expect(found.distance(to: Tensor(shape, expected.map { Float($0) })) <= 1e-5)
  }

  private static func linearLayer(_ kind: Int) throws -> (any Layer, Shape) {
    func convolution(_ kernel: [Int], _ channels: [Int], _ window: Window, groups: Int = 1) throws
      -> any Layer
    {
      ConvolutionLayer(
        try Convolution(
          weights: Tensor(Shape(kernel + channels), seed: 1), bias: Tensor([channels[1]], seed: 2),
          window: window, groups: groups))
    }
    switch kind {
    case 0:
      let window = Window(kernel: [3], stride: [2], padding: .same)
      return (try convolution([3], [2, 3], window), [1, 7, 2])
    case 1:
      let window = Window(kernel: [2, 3], dilation: [2, 1], padding: .same)
      return (try convolution([2, 3], [2, 4], window), [1, 5, 4, 2])
    case 2:
      return (try convolution([3], [1, 4], Window(kernel: [3], padding: .causal), groups: 4), [1, 6, 4])
    case 3: return (try convolution([2], [2, 6], Window(kernel: [2]), groups: 2), [1, 5, 4])
    case 4: return (try convolution([], [3, 2], Window(kernel: [])), [1, 4, 3])
    default:
      let operation = try TransposedConvolution(
        weights: Tensor([3, 2, 4], seed: 1), bias: Tensor([2], seed: 2),
        window: Window(kernel: [3], stride: [2])
      ) { $0.map { 2 * $0 + 1 } }
      return (TransposedConvolutionLayer(operation), [1, 4, 4])
    }
  }
}
