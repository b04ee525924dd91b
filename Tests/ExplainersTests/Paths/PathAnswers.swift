import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// A tiny network with what path methods must give for it, by `Scripts/make-path-answers.py`.
struct PathAnswers {
  let model: Model
  let items: [(input: Tensor, target: Target)]
  let space: ScoreSpace
  private let name: String
  private let answers: StoredAnswers

  init(_ name: String, in space: ScoreSpace) throws {
    let network = try StoredAnswersTests.Network(name)
    model = network.model
    items = network.items.map { ($0.input, Target(.index($0.target), in: space)) }
    self.space = space
    self.name = name
    answers = try StoredAnswers(Bundle.module.bundlePath + "/Resources/paths.answers.h5")
  }

  /// The background set, three items.
  func background() throws -> Tensor { try answers.tensor("\(name)/background") }

  /// Compares a map with a stored one by the largest value of that.
  func check(_ map: Tensor, _ item: Int, _ path: String, within bound: Double = 1e-5) throws {
    var comparison = MapComparison()
    comparison.add(map.values, try answers.row(item, of: "\(name)/\(space.rawValue)/\(path)"))
    #expect(comparison.worst <= bound, "\(name), \(space), \(path), item \(item): \(comparison)")
  }

  /// A stored number.
  func number(_ item: Int, _ path: String) throws -> Double {
    try answers.doubles(item, of: "\(name)/\(space.rawValue)/\(path)")[0]
  }
}
