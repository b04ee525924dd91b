import TensorCore

/// Attention over sequences without weights of its own but a scale: inputs are query, value and, optionally, key.
///
///     output[n, i] = sum over j of softmax over j (score(query[n, i], key[n, j])) * value[n, j]
///
/// Without a key the value is the key. The masks of query and value, when there are any, are inputs behind these.
public struct AttentionLayer: Layer {
  /// How well a key fits a query.
  public let score: AttentionScore
  /// The number of inputs that are sequences: 2, or 3 with a key.
  public let sequences: Int
  /// The sequences that the inputs behind them are the masks of, in order.
  public let masked: [Int]
  /// Whether a query sees no value that comes after it.
  public let isCausal: Bool

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - score: How well a key fits a query.
  ///   - sequences: The number of inputs that are sequences, 2 or 3.
  ///   - masked: The sequences that have a mask, ascending; the mask of the key changes nothing.
  ///   - isCausal: Whether a query sees no value that comes after it.
  public init(
    _ score: AttentionScore, sequences: Int = 2, masked: [Int] = [], isCausal: Bool = false
  ) {
    precondition((2...3).contains(sequences), "attention reads two or three sequences, not \(sequences)")
    self.score = score
    self.sequences = sequences
    self.masked = masked
    self.isCausal = isCausal
  }

  /// The kind of layer.
  public var role: LayerRole { .attention }

  /// The number of scales.
  public var parameterCount: Int { score.parameterCount }

  /// `[batch, queries, channels of the value]`.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    for input in inputs.prefix(sequences) where input.rank != 3 {
      throw .rankMismatch(window: 1, input: max(input.rank - 2, 0))
    }
    let (query, value, key) = (inputs[0], inputs[1], inputs[sequences - 1])
    guard key.channels == query.channels else {
      throw .channelMismatch(expected: query.channels, found: key.channels)
    }
    guard key[1] == value[1], value[0] == query[0], key[0] == query[0] else {
      throw .weightMismatch(name: "key", expected: [query[0], value[1], query.channels], found: key)
    }
    if let channels = score.channels, channels != query.channels {
      throw .channelMismatch(expected: channels, found: query.channels)
    }
    return [query[0], query[1], value.channels]
  }

  /// What the queries read from the values.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    _ = try outputShape(for: inputs.map(\.shape))
    let output = readout(inputs).output
    return mask(of: 0, inputs).map { output.scaledAtPositions(by: $0) } ?? output
  }

  /// The cotangents of the sequences; zeros for the masks.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let inputs = site.inputs
    let arriving = mask(of: 0, inputs).map { cotangent.scaledAtPositions(by: $0) } ?? cotangent
    let read = readout(inputs).pullback(arriving)
    let (query, key) = score.pullback(read.scores, query: inputs[0], key: inputs[sequences - 1])
    let parts = sequences == 2 ? [query, read.values + key] : [query, read.values, key]
    return parts + inputs.dropFirst(sequences).map { Tensor($0.shape) }
  }

  private func mask(of sequence: Int, _ inputs: [Tensor]) -> Tensor? {
    masked.firstIndex(of: sequence).map { inputs[sequences + $0] }
  }

  private func readout(_ inputs: [Tensor]) -> AttentionReadout {
    let allowed = AttentionPairs(
      shape: [inputs[0].shape[0], inputs[0].shape[1], inputs[1].shape[1]],
      valueMasks: mask(of: 1, inputs).map { [$0] } ?? [], isCausal: isCausal)
    return AttentionReadout(
      scores: score(query: inputs[0], key: inputs[sequences - 1]), values: inputs[1],
      allowed: allowed.tensor)
  }
}
