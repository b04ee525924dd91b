import Foundation

extension Loss {
  /// Moves a share of the target to all classes alike.
  func smooth(_ target: UnsafeMutableBufferPointer<Double>) {
    let share = labelSmoothing
    guard share > 0 else { return }
    let even: Double
    if case .categoricalCrossEntropy = self { even = 1 / Double(target.count) } else { even = 0.5 }
    for index in target.indices { target[index] = (1 - share) * target[index] + share * even }
  }

  /// Whether the outputs of an item point to its target.
  func isRight(_ row: UnsafeMutableBufferPointer<Double>, _ target: UnsafeMutableBufferPointer<Double>)
    -> Bool
  {
    guard row.count == 1 else { return row.likeliest == target.likeliest }
    let middle: Double
    if case .meanSquaredError = self { middle = 0.5 } else { middle = 0 }
    return (row[0] > middle) == (target[0] > 0.5)
  }

  /// The loss of one item, whose outputs are replaced by the derivative of that loss.
  func replaceByDerivative(
    _ row: UnsafeMutableBufferPointer<Double>, _ target: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    switch self {
    case .categoricalCrossEntropy: Self.crossEntropy(row, target)
    case .binaryCrossEntropy: Self.binaryCrossEntropy(row, target)
    case .meanSquaredError: Self.squaredError(row, target)
    }
  }

  /// `sum(y) * log(sum(exp(x))) - sum(y * x)`, with the largest `x` taken off before; the derivative is `sum(y) * p - y`.
  private static func crossEntropy(
    _ row: UnsafeMutableBufferPointer<Double>, _ target: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let largest = row[row.likeliest]
    var (powers, whole, along) = (0.0, 0.0, 0.0)
    for index in row.indices {
      let logit = row[index] - largest
      whole += target[index]
      along += target[index] * logit
      row[index] = exp(logit)
      powers += row[index]
    }
    for index in row.indices { row[index] = whole * row[index] / powers - target[index] }
    return whole * log(powers) - along
  }

  private static func binaryCrossEntropy(
    _ row: UnsafeMutableBufferPointer<Double>, _ target: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let count = Double(row.count)
    var loss = 0.0
    for index in row.indices {
      let logit = row[index]
      loss += max(logit, 0) - logit * target[index] + log1p(exp(-abs(logit)))
      row[index] = (1 / (1 + exp(-logit)) - target[index]) / count
    }
    return loss / count
  }

  private static func squaredError(
    _ row: UnsafeMutableBufferPointer<Double>, _ target: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let count = Double(row.count)
    var loss = 0.0
    for index in row.indices {
      let error = row[index] - target[index]
      loss += error * error
      row[index] = 2 * error / count
    }
    return loss / count
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// The index of the first largest element.
  fileprivate var likeliest: Int {
    var best = 0
    for index in indices where self[index] > self[best] { best = index }
    return best
  }
}
