import Foundation
import TensorCore

/// How the maps of several layers become one.
public enum LayerFusion: String, Sendable, CaseIterable {
  /// Their mean at every position.
  case mean
  /// The largest at every position.
  case maximum = "max"

  /// Fuses maps over the input.
  ///
  /// Layers differ in scale, so every map is first divided by its largest magnitude, and with a `gamma` above zero then made
  /// `tanh(gamma * value)`, which lifts the faint maps of early layers.
  ///
  /// - Parameters:
  ///   - maps: Maps of equal shape, at least one.
  ///   - gamma: What a map is multiplied with under the hyperbolic tangent; nothing is done when zero.
  /// - Returns: The fused map.
  func callAsFunction(_ maps: [Tensor], gamma: Double) -> Tensor {
    let scaled = maps.map { map in
      let largest = max(map.maximum, -map.minimum)
      guard largest > 0 else { return map }
      return map.map { value in
        let share = value / largest
        return gamma > 0 ? Float(tanh(gamma * Double(share))) : share
      }
    }
    let count = Float(maps.count)
    return switch self {
    case .mean: scaled.dropFirst().reduce(scaled[0], +).map { $0 / count }
    case .maximum: scaled.dropFirst().reduce(scaled[0]) { $0.combined(with: $1) { max($0, $1) } }
    }
  }
}
