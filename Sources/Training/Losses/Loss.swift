import TensorCore

/// How far the answers of a model are from the right ones: what training makes small.
///
/// With outputs `x[i][k]` of item `i` and targets `y[i][k]`, the loss of a batch of `n` items is
///
///     L = sum over i of w[i] * l(x[i], y[i]) / n
///
/// where `w` are weights of the items, ones by default. Dividing by `n` and not by the sum of the weights is what Keras does with
/// `class_weight`. Everything is computed in 64 bits.
///
/// The cross-entropies start from logits, so that the softmax or sigmoid in front of them loses nothing to rounding.
///
/// Checked against: Keras 3.
public enum Loss: Sendable, Hashable {
  /// The cross-entropy of one class out of several.
  ///
  ///     l(x, y) = -sum over k of y'[k] * log softmax(x)[k],  y' = (1 - s) * y + s / classes
  ///
  /// With labels as integers it is what Keras calls sparse categorical cross-entropy. `labelSmoothing` is the share `s`, 0 up to below 1.
  case categoricalCrossEntropy(labelSmoothing: Double = 0)
  /// The mean over the outputs of the cross-entropies of a yes or no.
  ///
  ///     l(x, y) = mean over k of max(x[k], 0) - x[k] * y'[k] + log(1 + exp(-|x[k]|)),  y' = (1 - s) * y + s / 2
  ///
  /// `labelSmoothing` is the share `s`, 0 up to below 1.
  case binaryCrossEntropy(labelSmoothing: Double = 0)
  /// The mean over the outputs of the squared errors, of the outputs as they are.
  ///
  ///     l(x, y) = mean over k of (x[k] - y[k])^2
  case meanSquaredError

  /// The name of the kind of loss, the same wherever losses are named.
  public var id: String {
    switch self {
    case .categoricalCrossEntropy: "categorical-cross-entropy"
    case .binaryCrossEntropy: "binary-cross-entropy"
    case .meanSquaredError: "mean-squared-error"
    }
  }

  /// The share of every target that goes to all classes alike.
  public var labelSmoothing: Double {
    switch self {
    case .categoricalCrossEntropy(let share), .binaryCrossEntropy(let share): share
    case .meanSquaredError: 0
    }
  }

  /// The loss of a batch, its derivative and the number of right answers.
  ///
  /// A label `c` means the target 1 for output `c` and 0 for the others; with a single output the label is itself the target.
  ///
  /// - Parameters:
  ///   - outputs: `[batch, ...]`: logits for the cross-entropies, else the outputs. All numbers of an item belong together.
  ///   - targets: What they should be, of as many items.
  ///   - weights: One factor per item; ones when `nil`.
  /// - Returns: The loss, which is not finite when outputs are not; the cotangent; the number of items whose largest output is that of the
  ///   target, or whose single output is on the target's side of one half.
  public func value(of outputs: Tensor, for targets: Targets, weights: [Double]? = nil) -> LossValue {
    let items = outputs.shape.batch
    precondition(items > 0 && targets.count == items, "\(targets.count) targets do not fit \(items) items")
    precondition(weights.map { $0.count == items } ?? true, "every item has a weight, or none has one")
    let width = outputs.shape.itemCount
    var (loss, correct) = (0.0, 0)
    let cotangent = Tensor(outputs.shape) { derivatives in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width) { memory in
        let row = UnsafeMutableBufferPointer(rebasing: memory[..<width])
        let target = UnsafeMutableBufferPointer(rebasing: memory[width...])
        outputs.withValues { values in
          for item in 0..<items {
            let own = UnsafeBufferPointer(rebasing: values[(item * width)..<((item + 1) * width)])
            for index in 0..<width { row[index] = Double(own[index]) }
            targets.write(item, to: target)
            if isRight(row, target) { correct += 1 }
            smooth(target)
            let weight = weights.map { $0[item] } ?? 1
            loss += weight * replaceByDerivative(row, target)
            let factor = weight / Double(items)
            for index in 0..<width {
              derivatives.initializeElement(at: item * width + index, to: Float(factor * row[index]))
            }
          }
        }
      }
    }
    return LossValue(loss: loss / Double(items), cotangent: cotangent, correct: correct)
  }
}

extension Targets {
  /// Writes the target of one item, one number per output.
  fileprivate func write(_ item: Int, to row: UnsafeMutableBufferPointer<Double>) {
    switch self {
    case .labels(let labels):
      let label = labels[item]
      precondition(label >= 0 && label < max(row.count, 2), "\(row.count) outputs have no class \(label)")
      row.update(repeating: 0)
      if row.count == 1 { row[0] = Double(label) } else { row[label] = 1 }
    case .values(let values):
      values.withValues { all in
        for index in row.indices { row[index] = Double(all[item * row.count + index]) }
      }
    }
  }
}
