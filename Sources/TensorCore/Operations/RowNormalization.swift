/// The normalisation of every row of a matrix by its own statistics, in 64 bits, with its pullback.
///
/// With the row's mean m, variance v (around the mean, divided by the length), mean square q and Euclidean norm n:
///
///     standard:          y = (x - m) / sqrt(v + epsilon)
///     deviation:         y = x / sqrt(v + epsilon)
///     root mean square:  y = x / sqrt(q + epsilon)
///     norm:              y = x / max(n, epsilon)
public struct RowNormalization: Sendable, Hashable {
  /// Which statistic a row is divided by, and whether its mean is subtracted.
  public enum Kind: String, Sendable, CaseIterable {
    /// The mean becomes zero and the variance one.
    case standard
    /// Divided by the standard deviation, the mean left in.
    case deviation
    /// Divided by the root of the mean square.
    case rootMeanSquare
    /// Divided by the Euclidean norm.
    case norm
  }

  /// Which statistic a row is divided by.
  public let kind: Kind
  /// What keeps the divisor from zero.
  public let epsilon: Double

  /// Creates a normalisation.
  ///
  /// - Parameters:
  ///   - kind: Which statistic a row is divided by.
  ///   - epsilon: What keeps the divisor from zero, above zero.
  public init(_ kind: Kind, epsilon: Double) {
    precondition(epsilon > 0, "an epsilon of \(epsilon) does not keep a divisor from zero")
    self.kind = kind
    self.epsilon = epsilon
  }

  /// The normalised rows.
  ///
  /// - Parameters:
  ///   - input: Any shape; its elements are taken in runs.
  ///   - length: The length of a row, which divides the number of elements.
  /// - Returns: A tensor of the same shape.
  public func callAsFunction(_ input: Tensor, rows length: Int) -> Tensor {
    Tensor(input.shape) { target in
      input.withValues { values in
        for start in stride(from: 0, to: values.count, by: max(length, 1)) {
          let row = values[start..<(start + length)]
          let (center, _, factor, _) = statistics(row)
          let shift = kind == .standard ? center : 0
          for index in row.indices {
            target.initializeElement(at: index, to: Float((Double(row[index]) - shift) * factor))
          }
        }
      }
    }
  }

  /// The cotangent of the input.
  ///
  /// - Parameters:
  ///   - cotangent: The cotangent of the normalised rows.
  ///   - input: The input.
  ///   - length: The length of a row.
  /// - Returns: A tensor of the input's shape.
  public func pullback(_ cotangent: Tensor, at input: Tensor, rows length: Int) -> Tensor {
    precondition(
      cotangent.shape == input.shape, "\(cotangent.shape) is no cotangent of rows in \(input.shape)")
    return Tensor(input.shape) { target in
      input.withValues { values in
        cotangent.withValues { upstream in
          for start in stride(from: 0, to: values.count, by: max(length, 1)) {
            pullback(values, upstream, start..<(start + length), into: target)
          }
        }
      }
    }
  }

  /// With `y = (x - s) * r`, where r depends on all of the row: `dx = r * (v - mean(v)) + r' * sum(v * (x - s))`; the mean is taken
  /// off only where s is the mean of the row.
  private func pullback(
    _ values: UnsafeBufferPointer<Float>, _ upstream: UnsafeBufferPointer<Float>, _ row: Range<Int>,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    let (mean, pivot, factor, slope) = statistics(values[row])
    let shift = kind == .standard ? mean : 0
    var (sum, product) = (0.0, 0.0)
    for index in row {
      sum += Double(upstream[index])
      product += Double(upstream[index]) * (Double(values[index]) - shift)
    }
    let offset = kind == .standard ? sum / Double(row.count) : 0
    for index in row {
      let direct = factor * (Double(upstream[index]) - offset)
      target.initializeElement(
        at: index, to: Float(direct + slope * (Double(values[index]) - pivot) * product))
    }
  }

  /// The mean of a row, the value around which its divisor is taken, the factor, and the slope for which the factor's derivative is
  /// `slope * (x - pivot)`.
  private func statistics(_ row: Slice<UnsafeBufferPointer<Float>>) -> (
    mean: Double, pivot: Double, factor: Double, slope: Double
  ) {
    let count = Double(max(row.count, 1))
    let mean = row.reduce(0) { $0 + Double($1) } / count
    let pivot = kind == .standard || kind == .deviation ? mean : 0
    let squares = row.reduce(0) { $0 + (Double($1) - pivot) * (Double($1) - pivot) }
    if kind == .norm {
      let norm = squares.squareRoot()
      return norm > epsilon ? (mean, pivot, 1 / norm, -1 / (norm * squares)) : (mean, pivot, 1 / epsilon, 0)
    }
    let factor = 1 / (squares / count + epsilon).squareRoot()
    return (mean, pivot, factor, -factor * factor * factor / count)
  }
}
