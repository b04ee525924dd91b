/// A layer that computes something else while it is trained: dropout, noise, batch normalisation.
public protocol TrainingModeLayer: Layer {
  /// The layer for one step of training.
  ///
  /// What it draws follows from the seed and the places of the elements in the batch alone, whatever the number of threads.
  ///
  /// - Parameter seed: The seed of the step.
  /// - Returns: A layer for inputs of the same shapes.
  func inTraining(seed: UInt32) -> any Layer

  /// The layer for one step of training that sees a part of the batch alone.
  ///
  /// - Parameters:
  ///   - seed: The seed of the step.
  ///   - items: The number of items of the batch before those of the part.
  /// - Returns: A layer that gives for every item what that of `inTraining(seed:)` gives for it in the whole batch; `nil` when there is none,
  ///   because items depend on each other or are drawn for in order.
  func inTraining(seed: UInt32, behind items: Int) -> (any Layer)?

  /// The layer after a step: batch normalisation moves its statistics towards those of the batch.
  ///
  /// - Parameter site: What went into the layer in the step and came out of it.
  /// - Returns: The layer for the next step; `nil` when nothing in it moves.
  func updated(by site: Site) -> (any Layer)?
}

extension TrainingModeLayer {
  /// None: the layer has to see the whole batch.
  public func inTraining(seed: UInt32, behind items: Int) -> (any Layer)? { nil }

  /// None: nothing in the layer moves.
  public func updated(by site: Site) -> (any Layer)? { nil }
}
