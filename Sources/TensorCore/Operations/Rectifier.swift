/// The rectifier `min(max(x, 0), ceiling)`: ReLU, or with a ceiling of six ReLU6.
///
/// Kernels apply it to what they have just computed, and kernels of the way back leave out what it stopped, so that neither takes a
/// pass over memory of its own. Whether it let a value through can be seen from its result alone: that lies between zero and the
/// ceiling, both excluded. What is not a number stays so.
public struct Rectifier: Hashable, Sendable {
  /// The largest result.
  public let ceiling: Float

  /// Creates a rectifier.
  ///
  /// - Parameter ceiling: The largest result; none when infinite.
  public init(ceiling: Float = .infinity) { self.ceiling = ceiling }

  /// The rectified value.
  public func callAsFunction(_ x: Float) -> Float { x <= 0 ? 0 : x > ceiling ? ceiling : x }

  /// The rectified tensor.
  public func callAsFunction(_ input: Tensor) -> Tensor { input.map { self($0) } }

  /// The cotangent of the rectifier's input.
  ///
  /// - Parameters:
  ///   - cotangent: The cotangent of its result.
  ///   - result: Its result.
  /// - Returns: The cotangent where the rectifier is open, else zero.
  public func pullback(_ cotangent: Tensor, at result: Tensor) -> Tensor {
    precondition(
      cotangent.shape == result.shape, "the cotangent of \(result.shape) cannot have shape \(cotangent.shape)"
    )
    return Tensor(cotangent.shape) { target in
      Tensor.divided(target) { target, range in
        withExtendedLifetime((cotangent, result)) {
          let (upstream, result) = (cotangent.start, result.start)
          // One condition at a time: where there is no branch, none is mispredicted.
          for index in range {
            let (value, gate) = (upstream[index], result[index])
            let aboveZero = gate > 0 ? value : 0
            (target + index).initialize(to: gate < ceiling ? aboveZero : 0)
          }
        }
      }
    }
  }
}

/// Where a kernel of the way back lets something through: the places at which a rectifier before it was open.
public struct Gate: Sendable {
  /// The rectifier.
  public let rectifier: Rectifier
  /// Its result, of the shape of the tensor that is let through.
  public let result: Tensor

  /// Creates a gate from a rectifier and its result.
  public init(_ rectifier: Rectifier, result: Tensor) {
    self.rectifier = rectifier
    self.result = result
  }
}

extension Activation {
  /// The function as a rectifier, if it is one.
  public var rectifier: Rectifier? {
    if case .relu(slope: 0, let maximum, threshold: 0) = self, maximum > 0 {
      Rectifier(ceiling: maximum)
    } else {
      nil
    }
  }
}
