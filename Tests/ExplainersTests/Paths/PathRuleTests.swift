import Explainers
import Foundation
import Testing

@Suite struct PathRuleTests {
  /// The rule's sum for the derivative of a function, which stands for the difference of the function at both ends.
  private func integral(_ rule: PathRule, _ steps: Int, of derivative: (Double) -> Double) -> Double {
    rule.nodes(steps: steps).reduce(0) { $0 + $1.weight * derivative($1.position) }
  }

  @Test func nodesOfTheSimpleRules() {
    func nodes(_ rule: PathRule, _ steps: Int) -> [[Double]] {
      rule.nodes(steps: steps).map { [$0.position, $0.weight] }
    }
    #expect(nodes(.left, 2) == [[0, 0.5], [0.5, 0.5]])
    #expect(nodes(.right, 2) == [[0.5, 0.5], [1, 0.5]])
    #expect(nodes(.midpoint, 2) == [[0.25, 0.5], [0.75, 0.5]])
    #expect(nodes(.trapezoid, 2) == [[0, 0.25], [0.5, 0.5], [1, 0.25]])
    #expect(nodes(.trapezoid, 1) == [[0, 0.5], [1, 0.5]])
    #expect(nodes(.gaussLegendre, 1) == [[0.5, 1]])
  }

  @Test func nodesOfGaussAndLegendre() {
    // Roots of the Legendre polynomial of degree 3: 0 and +-sqrt(3/5), weights 8/9 and 5/9, moved to 0...1.
    let root = (3.0 / 5).squareRoot()
    let expected = [((1 - root) / 2, 5.0 / 18), (0.5, 8.0 / 18), ((1 + root) / 2, 5.0 / 18)]
    for (node, right) in zip(PathRule.gaussLegendre.nodes(steps: 3), expected) {
      #expect(abs(node.position - right.0) < 1e-15 && abs(node.weight - right.1) < 1e-15)
    }
    // The same as the specification prints them: .112702 .5 .887298 and .277778 .444444 .277778.
    #expect(abs(expected[0].0 - 0.112702) < 5e-7 && abs(expected[0].1 - 0.277778) < 5e-7)
  }

  @Test(arguments: PathRule.allCases, [1, 2, 3, 10, 50, 257, 1000])
  func weightsSumToOneAndNodesAscend(rule: PathRule, steps: Int) {
    let nodes = rule.nodes(steps: steps)
    #expect(nodes.count == (rule == .trapezoid ? steps + 1 : steps))
    #expect(abs(nodes.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    #expect(nodes.allSatisfy { (0...1).contains($0.position) && $0.weight > 0 })
    #expect(zip(nodes, nodes.dropFirst()).allSatisfy { $0.position < $1.position })
  }

  /// F = sigmoid(10 (x - 1/2)) from 0 to 1: F(1) - F(0) = .986614.
  @Test(
    arguments: [
      (.left, 0.985538), (.right, 0.985538), (.midpoint, 0.987146), (.gaussLegendre, 0.986442),
    ] as [(PathRule, Double)])
  func steepSigmoidInTenSteps(rule: PathRule, expected: Double) {
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-10 * (x - 0.5))) }
    let found = integral(rule, 10) { 10 * sigmoid($0) * (1 - sigmoid($0)) }
    #expect(abs(found - expected) < 5e-7)
    #expect(abs(integral(.gaussLegendre, 60) { 10 * sigmoid($0) * (1 - sigmoid($0)) } - 0.986614) < 5e-7)
  }

  /// F = x^3: 3 sum of (k/10)^2 / 10 = .855 from the left, 1.155 from the right, their mean 1.005, .9975 between.
  @Test(
    arguments: [
      (.left, 10, 0.855), (.right, 10, 1.155), (.trapezoid, 10, 1.005), (.midpoint, 10, 0.9975),
      (.gaussLegendre, 2, 1),
    ] as [(PathRule, Int, Double)])
  func cube(rule: PathRule, steps: Int, expected: Double) {
    #expect(abs(integral(rule, steps) { 3 * $0 * $0 } - expected) < 1e-14)
  }

  @Test(arguments: [1, 2, 3, 8, 20])
  func gaussAndLegendreAreExactForPolynomials(steps: Int) {
    for degree in 0...(2 * steps - 1) {
      let found = integral(.gaussLegendre, steps) { pow($0, Double(degree)) }
      #expect(abs(found - 1 / Double(degree + 1)) < 1e-14, "degree \(degree)")
    }
    // One degree higher the sum is too small, by less than 64 bits can tell when there are many nodes.
    guard steps < 10 else { return }
    let beyond = integral(.gaussLegendre, steps) { pow($0, Double(2 * steps)) }
    #expect(beyond < 1 / Double(2 * steps + 1))
  }

  /// Doubling the steps halves the error of the one-sided rules and quarters that of the symmetric ones.
  @Test(arguments: [(.left, 2), (.right, 2), (.midpoint, 4), (.trapezoid, 4)] as [(PathRule, Double)])
  func ordersOfConvergence(rule: PathRule, ratio: Double) {
    func error(_ rule: PathRule, _ steps: Int) -> Double {
      abs(integral(rule, steps) { exp($0) } - (M_E - 1))
    }
    #expect(abs(error(rule, 40) / error(rule, 80) / ratio - 1) < 0.02)
    #expect(error(.gaussLegendre, 8) < 1e-14)
  }
}
