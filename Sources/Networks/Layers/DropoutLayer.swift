import TensorCore

/// Dropout: nothing at inference; in training some elements become zero and the others grow so that the mean stays.
public struct DropoutLayer: Layer {
  /// The share that is dropped in training, from 0 to below 1.
  public let rate: Double
  /// What is dropped as a whole.
  public let unit: Dropout.Unit

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - rate: The share that is dropped in training, from 0 to below 1.
  ///   - unit: What is dropped as a whole.
  public init(rate: Double, of unit: Dropout.Unit = .element) {
    precondition(rate >= 0 && rate < 1, "a rate of dropout is at least 0 and below 1, not \(rate)")
    self.rate = rate
    self.unit = unit
  }

  /// The kind of layer.
  public var role: LayerRole { .identity }

  /// The shape of the input.
  public func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  /// The input.
  public func forward(_ inputs: [Tensor]) -> Tensor { inputs[0] }

  /// The cotangent.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [cotangent] }
}

extension DropoutLayer: TrainingModeLayer {
  /// The layer with the draws of one step.
  public func inTraining(seed: UInt32) -> any Layer {
    MaskingDropoutLayer(dropout: Dropout(rate: rate, of: unit, seed: UInt64(seed)), items: 0)
  }

  /// The layer with the draws of one step for the items behind some others.
  public func inTraining(seed: UInt32, behind items: Int) -> (any Layer)? {
    MaskingDropoutLayer(dropout: Dropout(rate: rate, of: unit, seed: UInt64(seed)), items: items)
  }
}

/// Dropout with the draws of one step.
private struct MaskingDropoutLayer: Layer {
  let dropout: Dropout
  /// The number of items before those that the layer sees.
  let items: Int
  var role: LayerRole { .identity }

  func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  func forward(_ inputs: [Tensor]) -> Tensor { dropout(inputs[0], behind: items) }

  func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { [dropout(cotangent, behind: items)] }
}
