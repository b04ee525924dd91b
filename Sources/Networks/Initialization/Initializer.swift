import Foundation
import TensorCore

/// How the factors of linear maps are drawn before training, as Keras draws them.
///
/// With fans `in` and `out`, the numbers of factors that go into an output and out of an input:
///
///     glorotUniform  uniform in -l...l with l = sqrt(6 / (in + out))
///     glorotNormal   normal with deviation sqrt(2 / (in + out)) / 0.87962566103423978, drawn again beyond two deviations
///     heUniform      uniform in -l...l with l = sqrt(6 / in)
///     heNormal       normal with deviation sqrt(2 / in) / 0.87962566103423978, drawn again beyond two deviations
///
/// The divisor is the deviation of a standard normal distribution that is cut off at two. The distributions are those of Keras 3; the
/// numbers are those of NumPy's `RandomState`, not TensorFlow's.
///
/// Source: X. Glorot and Y. Bengio, *Understanding the Difficulty of Training Deep Feedforward Neural Networks*, AISTATS 2010; K. He et al.,
/// *Delving Deep into Rectifiers*, ICCV 2015.
public enum Initializer: Hashable, Sendable {
  /// Uniform numbers that keep the variance both ways: what Keras takes when nothing is said.
  case glorotUniform
  /// Normal numbers that keep the variance both ways.
  case glorotNormal
  /// Uniform numbers that keep the variance through rectifiers.
  case heUniform
  /// Normal numbers that keep the variance through rectifiers.
  case heNormal
  /// Normal numbers with mean zero, not cut off.
  case randomNormal(deviation: Double)
  /// Zeros.
  case zeros

  /// How many factors go into an output of a linear map and out of an input.
  public struct Fans: Hashable, Sendable {
    /// The factors that go into an output.
    public var into: Int
    /// The factors that go out of an input.
    public var out: Int

    /// Creates fans from two numbers.
    public init(into: Int, out: Int) {
      self.into = into
      self.out = out
    }

    /// The fans that Keras gives to an array of factors: the taps of the kernel times the last two extents, which it takes for the channels
    /// of input and output.
    ///
    /// - Parameter shape: The extents as Keras has them, `[kernel..., input channels, output channels]`.
    public init(of shape: Shape) {
      let taps = shape.extents.dropLast(2).reduce(1, *)
      let channels = shape.extents.suffix(2)
      self.init(into: (channels.first ?? 1) * taps, out: (channels.last ?? 1) * taps)
    }
  }

  /// An array of factors.
  ///
  /// - Parameters:
  ///   - shape: The extents of the array.
  ///   - fans: The fans; those of the shape when `nil`.
  ///   - random: The stream, from which the numbers are drawn in row-major order.
  /// - Returns: A tensor of the shape.
  public func tensor(_ shape: Shape, fans: Fans? = nil, random: inout NumPyLegacyRandom) -> Tensor {
    let fans = fans ?? Fans(of: shape)
    let mean = max(1, Double(fans.into + fans.out) / 2)
    let into = max(1, Double(fans.into))
    return switch self {
    case .glorotUniform: Self.uniform(shape, below: (3 / mean).squareRoot(), &random)
    case .glorotNormal: Self.truncatedNormal(shape, deviation: (1 / mean).squareRoot(), &random)
    case .heUniform: Self.uniform(shape, below: (6 / into).squareRoot(), &random)
    case .heNormal: Self.truncatedNormal(shape, deviation: (2 / into).squareRoot(), &random)
    case .randomNormal(let deviation):
      Tensor(shape, (0..<shape.count).map { _ in Float(random.normal(mean: 0, deviation: deviation)) })
    case .zeros: Tensor(shape)
    }
  }

  private static func uniform(
    _ shape: Shape, below limit: Double, _ random: inout NumPyLegacyRandom
  ) -> Tensor {
    Tensor(shape, (0..<shape.count).map { _ in Float(random.uniform(-limit, limit)) })
  }

  private static func truncatedNormal(
    _ shape: Shape, deviation: Double, _ random: inout NumPyLegacyRandom
  ) -> Tensor {
    let scale = deviation / 0.87962566103423978
    return Tensor(
      shape,
      (0..<shape.count).map { _ in
        var number = random.standardNormal()
        while abs(number) > 2 { number = random.standardNormal() }
        return Float(scale * number)
      })
  }
}
