import TensorCore

/// The exponential moving average of parameters over the steps.
///
///     after the first step: a = w;  after every further one: a = momentum * a + (1 - momentum) * w
///
/// The average of the statistics of batch normalisations is not taken: they are averages already. As Keras's `use_ema`.
package struct WeightAverage: Sendable, Equatable {
  /// One array per parameter array.
  package var arrays: [Tensor]

  /// Creates an average that holds some arrays.
  package init(_ arrays: [Tensor]) { self.arrays = arrays }

  /// Takes in the parameters after a step.
  ///
  /// - Parameters:
  ///   - parameters: The parameters.
  ///   - momentum: The share of the old average.
  package mutating func update(with parameters: [Tensor], momentum: Double) {
    let (old, new) = (Float(momentum), 1 - Float(momentum))
    for index in arrays.indices {
      arrays[index].withMutableValues { average in
        parameters[index].withValues { values in
          for element in average.indices {
            average[element] = old * average[element] + new * values[element]
          }
        }
      }
    }
  }
}
