import TensorCore

/// A layer that can tell how a scalar changes with its trained numbers.
public protocol TrainableLayer: TrainedLayer {
  /// The arrays that an optimizer changes, in the order in which `replacingParameters` asks for new ones.
  var parameters: [Parameter] { get }

  /// The cotangents of the parameters: the transposed derivative by them, applied to the cotangent of the output.
  ///
  /// - Parameters:
  ///   - cotangent: The cotangent of the output, `[batch, spatial..., channels]`.
  ///   - site: What went into the layer and came out of it.
  /// - Returns: One tensor of the shape of each of `parameters`: sums over the batch, which do not depend on the number of threads.
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func parameterPullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor]
}

/// A trainable layer whose two pullbacks have most of their work in common.
protocol JointlyTrainableLayer: TrainableLayer {
  /// The cotangents of the inputs and those of the parameters.
  func pullbacks(
    _ cotangent: Tensor, at site: Site
  ) throws(GeometryError) -> (inputs: [Tensor], parameters: [Tensor])
}

/// An array of numbers that training changes.
public struct Parameter: Sendable {
  /// What an array is for: weight decay and penalties go by that.
  public enum Role: String, Sendable, CaseIterable {
    /// Factors of a linear map.
    case kernel
    /// What is added to its sums.
    case bias
    /// Factors of a normalisation.
    case scale
    /// What a normalisation adds.
    case offset
    /// Slopes of an activation.
    case slope
  }

  /// Its name in Keras: `kernel`, `depthwise_kernel`, `bias`, `gamma`, `beta`, `alpha`.
  public let name: String
  /// What it is for.
  public let role: Role
  /// The numbers.
  public let values: Tensor

  /// Creates a parameter.
  ///
  /// - Parameters:
  ///   - name: Its name in Keras.
  ///   - role: What it is for.
  ///   - values: The numbers.
  public init(name: String, role: Role, values: Tensor) {
    self.name = name
    self.role = role
    self.values = values
  }
}
