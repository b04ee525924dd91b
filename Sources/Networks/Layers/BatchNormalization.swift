import TensorCore

/// The numbers of a batch normalisation.
///
///     y[..., c] = gamma[c] * (x[..., c] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c]
///
/// At inference mean and variance are moving ones; in training those of the batch, towards which the moving ones go.
///
/// Source: S. Ioffe and C. Szegedy, *Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift*, ICML 2015.
public struct BatchNormalization: Sendable, Equatable {
  /// Trained factors, or `nil` for ones.
  public var gamma: [Float]?
  /// Trained summands, or `nil` for zeros.
  public var beta: [Float]?
  /// The moving mean of every channel.
  public var mean: [Float]
  /// The moving variance of every channel.
  public var variance: [Float]
  /// Added to the variance.
  public let epsilon: Double
  /// The share of the moving statistics that stays in a step of training, 0 to 1.
  public let momentum: Double

  /// Creates a batch normalisation.
  ///
  /// - Parameters:
  ///   - gamma: Trained factors, or `nil` for ones.
  ///   - beta: Trained summands, or `nil` for zeros.
  ///   - mean: The moving mean of every channel.
  ///   - variance: The moving variance of every channel; with `epsilon` above zero.
  ///   - epsilon: Added to the variance.
  ///   - momentum: The share of the moving statistics that stays in a step of training, 0 to 1.
  public init(
    gamma: [Float]?, beta: [Float]?, mean: [Float], variance: [Float], epsilon: Double = 1e-3,
    momentum: Double = 0.99
  ) {
    precondition(
      [gamma?.count, beta?.count, variance.count].allSatisfy { $0 ?? mean.count == mean.count },
      "a batch normalisation has the same number of channels everywhere, \(mean.count)")
    self.gamma = gamma
    self.beta = beta
    self.mean = mean
    self.variance = variance
    self.epsilon = epsilon
    self.momentum = momentum
  }

  /// The scaling that it is at inference.
  public var scaling: ChannelScaling {
    ChannelScaling(gamma: gamma, beta: beta, mean: mean, variance: variance, epsilon: epsilon)
  }

  /// The number of numbers that training changes, moving statistics among them.
  public var parameterCount: Int { mean.count * (2 + (gamma == nil ? 0 : 1) + (beta == nil ? 0 : 1)) }

  /// The batch normalisation after a step of training.
  ///
  ///     mean' = momentum * mean + (1 - momentum) * batch mean, and the same for the variance
  ///
  /// The variance of the batch is that of the numbers themselves (divided by their number), as in Keras 3.
  func moved(towards statistics: BatchStatistics) -> BatchNormalization {
    func moved(_ old: [Float], _ new: [Double]) -> [Float] {
      zip(old, new).map { Float(momentum * Double($0) + (1 - momentum) * $1) }
    }
    var result = self
    result.mean = moved(mean, statistics.mean)
    result.variance = moved(variance, statistics.variance)
    return result
  }
}

/// Mean and variance of every channel over all items and positions of a batch.
struct BatchStatistics: Sendable {
  let mean: [Double]
  /// The mean squared distance to the mean.
  let variance: [Double]

  /// The statistics of a batch, in 64 bits.
  init(of batch: Tensor) {
    let count = Double(max(batch.count / max(batch.shape.channels, 1), 1))
    let mean = ChannelSums.values(batch).map { $0 / count }
    self.mean = mean
    variance = ChannelSums.squares(batch, around: mean).map { $0 / count }
  }
}
