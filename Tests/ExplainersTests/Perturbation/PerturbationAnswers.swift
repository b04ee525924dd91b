import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// What Captum, the authors' `lime` package and the formulas in NumPy give for tiny networks, in 64 bits.
struct PerturbationAnswers {
  static let names = ["signal-relu", "image-relu"]
  static let cases = names.flatMap { name in ScoreSpace.allCases.map { (name, $0) } }

  let model: Model
  let answers: StoredAnswers
  let inputs: Tensor
  let space: ScoreSpace

  init(_ name: String, _ space: ScoreSpace) throws {
    let folder = Bundle.module.bundlePath + "/Resources"
    model = try Model(keras: "\(folder)/\(name).h5")
    answers = try StoredAnswers("\(folder)/\(name).perturbation.h5")
    inputs = try StoredAnswers("\(folder)/\(name).answers.h5").tensor("input")
    self.space = space
  }

  /// What is stored besides maps.
  func names(beginning prefix: String) throws -> [String] {
    try answers.names(in: space.rawValue).filter { $0.hasPrefix(prefix) }
  }

  /// The worst error of the maps that a method gives for all items, as a share of the right map's largest value.
  func worst(_ method: some Explainer, _ answer: String) throws -> Double {
    try worst(answer) { try model.explain($0, with: method, for: Target(.top, in: space)).map }
  }

  /// The worst error of the maps that `find` gives for all items, as a share of the right map's largest value.
  func worst(_ answer: String, _ find: (Tensor) throws -> Tensor) throws -> Double {
    var comparison = MapComparison()
    for item in 0..<inputs.shape.batch {
      let map = try find(inputs.item(item))
      comparison.add(map.values, try answers.row(item, of: "\(space.rawValue)/\(answer)"))
    }
    return comparison.worst
  }
}
