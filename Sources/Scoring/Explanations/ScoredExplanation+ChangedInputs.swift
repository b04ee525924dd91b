import Explainers
import Networks
import TensorCore

extension ScoredExplanation {
  /// The input that is changed, behind an embedding where the model has one: positions and channels in the order of memory.
  var shownValues: [Float] { shown.input.values }

  /// The values at every position.
  var channels: Int { grid.channels }

  /// The scores of other inputs, which are made batch by batch on several threads: memory does not grow with their number.
  ///
  /// - Parameters:
  ///   - count: The number of inputs.
  ///   - space: The space of the scores.
  ///   - write: Receives the index of an input and memory for it, which it must initialise; runs on any thread.
  /// - Returns: The score of the explained class at every input.
  /// - Throws: `ScoringError` when the model has no such score space or a score is not a finite number.
  func scores(
    ofInputs count: Int, in space: ScoreSpace,
    writing write: @Sendable (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws(ScoringError) -> [Double] {
    let target = try decision(in: space).target
    let (model, shape) = (shown.model, shown.input.shape)
    let batches = model.streamed(count)
    var scores: [Double] = []
    do throws(ModelError) {
      try Threads.stream(batches.count) { (batch) throws(ModelError) in
        let range = batches[batch]
        let inputs = Tensor(shape.with(batch: range.count)) { memory in
          for (offset, index) in range.enumerated() {
            let item = memory[(offset * shape.count)..<((offset + 1) * shape.count)]
            write(index, UnsafeMutableBufferPointer(rebasing: item))
          }
        }
        return try model.score(target, at: inputs).scores
      } into: { part in
        scores += part
      }
    } catch {
      throw .explanation(.model(error))
    }
    return scores
  }
}
