import Networks
import TensorCore

extension MaskedModel {
  /// Runs masks through the model, batch by batch on several threads.
  ///
  /// Batches are no larger than the model allows to be run at once (`Model.streamed`), so that memory does not grow with the number of
  /// masks. Masks are written by the thread that runs them. Parts are combined in the order of the masks: sums do not depend on threads.
  ///
  /// - Parameters:
  ///   - count: The number of masks.
  ///   - write: Receives the index of a mask and memory for all its positions, which it must initialise.
  ///   - summarize: Makes of the masks of a batch, `[masks, positions]`, and their scores what is to be kept; runs on any thread.
  ///   - combine: Takes that in, on the calling thread.
  /// - Throws: `ExplanationError.model` when a score is not a finite number.
  package func stream<Part: Sendable>(
    _ count: Int, writing write: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void,
    summarizing summarize: @Sendable (Tensor, [Double]) -> Part, into combine: (Part) -> Void
  ) throws(ExplanationError) {
    let batches = model.streamed(count)
    let positions = grid.count
    try running { () throws(ModelError) in
      try Threads.stream(batches.count) { (batch) throws(ModelError) in
        let range = batches[batch]
        let masks = Tensor([range.count, positions]) { target in
          for (offset, index) in range.enumerated() {
            write(
              index,
              UnsafeMutableBufferPointer(rebasing: target[(offset * positions)..<((offset + 1) * positions)]))
          }
        }
        return summarize(masks, try scores(through: masks))
      } into: { part in
        combine(part)
      }
    }
  }

  /// The scores of masks, in their order.
  ///
  /// - Parameters:
  ///   - count: The number of masks.
  ///   - write: Receives the index of a mask and memory for all its positions, which it must initialise.
  /// - Returns: One score for every mask.
  /// - Throws: `ExplanationError.model` when a score is not a finite number.
  package func scores(
    _ count: Int, writing write: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws(ExplanationError) -> [Double] {
    var all: [Double] = []
    all.reserveCapacity(count)
    try stream(count, writing: write) {
      $1
    } into: {
      all += $0
    }
    return all
  }
}
