import Foundation
import HDF5Files
import TensorCore

extension Application.Answers {
  /// Writes a file with all weights, laid out as `save_weights` of a `.h5` file does.
  func writeWeights(to path: String, _ random: inout NumPyLegacyRandom) throws {
    var values = weights.map { layer in
      layer.weights.map { $0.values(&random, mean: layer.mean ?? 0, deviation: layer.deviation ?? 1) }
    }
    // The kernel of the last layer.
    let last = values.count - 1
    values[last][0] = values[last][0].map { $0 * head }
    try HDF5File.write(to: path) { root in
      try root.setAttribute("layer_names", to: .strings(weights.map(\.layer)))
      for (layer, values) in zip(weights, values) {
        let group = try root.group(layer.layer)
        try group.setAttribute("weight_names", to: .strings(layer.weights.map(\.name)))
        for (weight, values) in zip(layer.weights, values) {
          try group.write(values, shape: weight.shape, to: weight.name)
        }
      }
    }
  }
}

extension Application.Weight {
  /// The weight from uniform numbers: `filled` of the script.
  func values(_ random: inout NumPyLegacyRandom, mean: Double, deviation: Double) -> [Float] {
    let count = shape.reduce(1, *)
    let rule = rule(mean: mean, deviation: deviation)
    return [Float](unsafeUninitializedCapacity: count) { values, filled in
      for index in 0..<count { values[index] = Float(rule(random.uniform())) }
      filled = count
    }
  }

  private func rule(mean: Double, deviation: Double) -> (Double) -> Double {
    switch name.split(separator: "/").last {
    case "kernel", "pointwise_kernel": kernel(inputs: shape.dropLast().reduce(1, *))
    case "depthwise_kernel": kernel(inputs: shape.prefix(2).reduce(1, *))
    case "moving_variance": { deviation * deviation * (0.5 + $0) }
    case "moving_mean": { mean + deviation * (0.4 * $0 - 0.2) }
    case "variance": { 1 + 0 * $0 }
    case "gamma": { 0.75 + 0.5 * $0 }
    case "mean", "count": { 0 * $0 }
    default: { 0.4 * $0 - 0.2 }
    }
  }

  private func kernel(inputs: Int) -> (Double) -> Double {
    let bound = (6 / Double(inputs)).squareRoot()
    return { (2 * $0 - 1) * bound }
  }
}
