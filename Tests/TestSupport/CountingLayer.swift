import Networks
import Synchronization
import TensorCore

/// Does nothing, and counts how often.
package final class CountingLayer: Layer {
  /// What has been counted.
  package struct Counts: Sendable, Equatable {
    /// Calls of the forward pass.
    package var forward = 0
    /// Items of all batches of the forward pass.
    package var items = 0
    /// Items of the largest batch.
    package var largestBatch = 0
    /// Calls of the pullback.
    package var pullback = 0
  }

  private let state = Mutex(Counts())

  package init() {}

  package var counts: Counts { state.withLock { $0 } }

  package var role: LayerRole { .identity }

  package func outputShape(for inputs: [Shape]) -> Shape { inputs[0] }

  package func forward(_ inputs: [Tensor]) -> Tensor {
    let batch = inputs[0].shape.batch
    state.withLock {
      $0.forward += 1
      $0.items += batch
      $0.largestBatch = max($0.largestBatch, batch)
    }
    return inputs[0]
  }

  package func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    state.withLock { $0.pullback += 1 }
    return [cotangent]
  }
}
