/// The space in which the score of a class is taken.
public enum ScoreSpace: String, Sendable, CaseIterable {
  /// Before the final softmax or sigmoid, whether that is fused into the last layer or a layer of its own.
  case logit
  /// After it: the output as the model's file defines it.
  case probability
}
