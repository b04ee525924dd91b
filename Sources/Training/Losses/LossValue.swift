import TensorCore

/// The loss of a batch and how it changes with what the model gave.
public struct LossValue: Sendable {
  /// The loss.
  public let loss: Double
  /// The derivative of the loss with respect to every output, in the outputs' shape.
  public let cotangent: Tensor
  /// The number of items whose likeliest class is the right one.
  public let correct: Int
}
