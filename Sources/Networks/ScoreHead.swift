import Foundation
import TensorCore

/// The end of a classifier: where its logits are and what makes probabilities of them.
///
/// The final softmax or sigmoid may be fused into the last layer or be a layer of its own, and layers that only reorder values may
/// follow it. Scores and their cotangents are computed in 64 bits from the logits, so that a saturated class keeps its gradient.
public struct ScoreHead: Sendable, Equatable {
  /// What makes probabilities of logits.
  public enum Normalizer: String, Sendable {
    /// The softmax over the last axis.
    case softmax
    /// The logistic function of every output.
    case sigmoid
  }

  /// The node whose value, flattened, holds the logits.
  public let logits: Model.Node.ID
  /// What makes probabilities of them, or `nil` when the model ends in neither softmax nor sigmoid.
  public let normalizer: Normalizer?
  /// The number of outputs.
  public let outputs: Int
  /// The number of outputs that share a softmax.
  let channels: Int

  /// Whether one output tells two classes apart.
  public var isBinary: Bool { outputs == 1 && normalizer == .sigmoid }

  /// The number of classes.
  public var classes: Int { isBinary ? 2 : outputs }
}

extension ScoreHead {
  /// The end of a graph at one of its nodes.
  init(of nodes: [Model.Node], output: Model.Node.ID) {
    var id = output
    while Self.keepsElements(nodes[id], in: nodes) { id = nodes[id].inputs[0] }
    let normalizer: Normalizer? =
      switch nodes[id].layer {
      case is SoftmaxLayer: .softmax
      case let layer as ActivationLayer where layer.activation == .sigmoid: .sigmoid
      default: nil
      }
    self.init(
      logits: normalizer == nil ? output : nodes[id].inputs[0], normalizer: normalizer,
      outputs: nodes[output].shape.itemCount, channels: nodes[id].shape.channels)
  }
}

extension ScoreHead {
  /// Whether a node has the elements of the one it reads in the same order.
  private static func keepsElements(_ node: Model.Node, in nodes: [Model.Node]) -> Bool {
    guard let input = node.inputs.first.map({ nodes[$0].shape }) else { return false }
    return switch node.layer {
    case is ResamplingLayer: false
    case let permutation as PermutationLayer: permutation.keepsElements(of: input)
    default: [.routing, .identity].contains(node.layer.role) && input.count == node.shape.count
    }
  }
}

extension ScoreHead {
  /// The class that a model with these logits predicts: the index of the largest output, or 0 or 1 for a single sigmoid.
  public func predictedClass(_ logits: some RandomAccessCollection<Float>) -> Int {
    if isBinary { return logits.first.map { $0 > 0 ? 1 : 0 } ?? 0 }
    let values = comparable(Array(logits))
    return values.indices.dropFirst().reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }

  /// Numbers in the order of the outputs: the logits, but the probabilities where outputs do not share one softmax.
  private func comparable(_ logits: [Float]) -> [Double] {
    guard normalizer == .softmax, channels < outputs else { return logits.map { Double($0) } }
    return stride(from: 0, to: outputs, by: channels).flatMap {
      Softmax.probabilities(of: logits[run(of: $0)])
    }
  }

  /// The score of a class.
  ///
  /// - Parameters:
  ///   - index: The class.
  ///   - logits: The logits of one item.
  ///   - space: Whether the logit or the probability is wanted.
  /// - Returns: The score. Class 0 of a single sigmoid has the negated logit and the complementary probability.
  public func score(of index: Int, _ logits: [Float], in space: ScoreSpace) -> Double {
    let logit = isBinary ? (index == 1 ? 1 : -1) * Double(logits[0]) : Double(logits[index])
    switch (space, normalizer) {
    case (.probability, .sigmoid): return 1 / (1 + exp(-logit))
    case (.probability, .softmax): return Softmax.probabilities(of: logits[run(of: index)])[index % channels]
    default: return logit
    }
  }

  /// The derivative of a class's score with respect to the logits.
  ///
  /// - Parameters:
  ///   - index: The class.
  ///   - logits: The logits of one item.
  ///   - space: The space of the score.
  /// - Returns: One number per logit.
  public func cotangent(of index: Int, _ logits: [Float], in space: ScoreSpace) -> [Float] {
    var result = [Float](repeating: 0, count: logits.count)
    let position = isBinary ? 0 : index
    let sign: Double = isBinary && index == 0 ? -1 : 1
    switch (space, normalizer) {
    case (.probability, .sigmoid):
      let logit = Double(logits[position])
      result[position] = Float(sign / ((1 + exp(-logit)) * (1 + exp(logit))))
    case (.probability, .softmax):
      let run = run(of: index)
      var single = [Double](repeating: 0, count: channels)
      single[index % channels] = 1
      for (offset, value) in Softmax.pullback(single, at: logits[run]).enumerated() {
        result[run.lowerBound + offset] = Float(value)
      }
    default:
      result[position] = Float(sign)
    }
    return result
  }

  /// The outputs that share a softmax with one of them.
  package func outputsSharingSoftmax(with index: Int) -> Range<Int> { run(of: index) }

  private func run(of index: Int) -> Range<Int> {
    let start = index / channels * channels
    return start..<(start + channels)
  }
}

extension ScoreHead {
  /// The score of a class less that of the class it is contrasted with.
  func score(of index: Int, _ logits: [Float], for target: Target) -> Double {
    let own = score(of: index, logits, in: target.space)
    return target.versus.map { own - score(of: $0, logits, in: target.space) } ?? own
  }

  /// The derivative of the score of a class, less that of the class it is contrasted with, with respect to the logits.
  package func cotangent(of index: Int, _ logits: [Float], for target: Target) -> [Float] {
    let own = cotangent(of: index, logits, in: target.space)
    guard let versus = target.versus else { return own }
    return zip(own, cotangent(of: versus, logits, in: target.space)).map { $0 - $1 }
  }
}
