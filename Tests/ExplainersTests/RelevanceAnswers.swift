import Explainers
import Foundation
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// A tiny network with what zennit and Captum make of it in float64.
struct RelevanceAnswers {
  static let names = [
    "signal-relu", "image-relu", "signal-smooth", "signal-sigmoid", "signal-residual", "image-residual",
    "signal-normalized",
  ]

  var model: Model
  var stored: StoredAnswers
  var items: [(input: Tensor, target: Target)]

  init(_ name: String) throws {
    let folder = Bundle.module.bundlePath + "/Resources"
    model = try Model(keras: "\(folder)/\(name).h5")
    stored = try StoredAnswers("\(folder)/\(name).relevance.h5")
    let input = try stored.tensor("input")
    // Stored answers count one sigmoid as output 0; it speaks for class 1.
    let isBinary = model.head.isBinary
    items = try stored.integers("target").enumerated().map { (input.item($0), .index(isBinary ? 1 : $1)) }
  }

  /// The largest error of a map of relevance, as a share of its largest value.
  ///
  /// In the network of hyperbolic tangents means of both signs nearly cancel: the ratio rule divides by them, and the rounding of 32 bits shows.
  var bound: Double {
    model.nodes.contains { ($0.layer as? ActivationLayer)?.activation == .tanh } ? 5e-5 : 1e-5
  }

  /// Compares a map with a stored one.
  func check(_ found: Tensor, _ item: Int, _ path: String, bound: Double = 1e-5) throws {
    var comparison = MapComparison()
    comparison.add(found.values, try stored.row(item, of: path))
    #expect(comparison.worst <= bound, "\(model.name) \(path), item \(item)")
  }
}
