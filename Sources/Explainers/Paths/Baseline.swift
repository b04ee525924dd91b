import TensorCore

/// What an input is compared with.
public enum Baseline: Sendable {
  /// Zero everywhere, in the units that the model takes.
  case zero
  /// At every position the mean of the item's channel.
  case mean
  /// The input smoothed by a Gaussian with a standard deviation in positions.
  case blur(sigma: Double)
  /// Uniform noise between the item's smallest and largest value; the explanation is the mean over several draws.
  case noise(samples: Int, seed: UInt32)
  /// The items of a given tensor, each of the shape of the input; the explanation is the mean over them.
  case tensor(Tensor)

  /// The names in the command line; anything else is the path of a file.
  public static let names = ["zero", "mean", "blur", "noise"]

  /// The name in the command line.
  public var name: String {
    switch self {
    case .zero: "zero"
    case .mean: "mean"
    case .blur: "blur"
    case .noise: "noise"
    case .tensor: "file"
    }
  }

  /// The baselines for an input: one, or as many as there are draws.
  ///
  /// - Parameter input: One item, `[1, spatial..., channels]`.
  /// - Returns: Tensors of the input's shape.
  /// - Throws: `ExplanationError.baselineShape` when a given tensor has another shape.
  package func tensors(for input: Tensor) throws(ExplanationError) -> [Tensor] {
    switch self {
    case .zero: return [Tensor(input.shape)]
    case .mean:
      let mean = input.meanOverPositions().values
      return [Tensor(input.shape, (0..<input.count).map { mean[$0 % mean.count] })]
    case .blur(let sigma): return [input.blurred(sigma: sigma)]
    case .noise(let samples, let seed):
      var random = UniformNoise(seed: seed, from: input.minimum, to: input.maximum)
      return (0..<samples).map { _ in Tensor(input.shape, (0..<input.count).map { _ in random.next() }) }
    case .tensor(let tensor):
      guard tensor.shape.with(batch: 1) == input.shape, tensor.shape.batch > 0 else {
        throw .baselineShape(expected: input.shape, found: tensor.shape)
      }
      return (0..<tensor.shape.batch).map(tensor.item)
    }
  }
}
