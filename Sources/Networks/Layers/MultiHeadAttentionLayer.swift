import TensorCore

/// Attention with several heads: inputs are query, value and, optionally, key.
///
/// Vaswani et al., NIPS 2017:
///
///     head h: softmax over j (Q_h[i] . K_h[j] / sqrt(channels of K_h)) V_h[j]
///     output = (head 1, head 2, ...) O
///
/// Q, K, V and O are dense layers; the channels of the first three are those of the heads side by side. Without a key the value is the
/// key. Positions of inputs with several spatial axes attend to all positions. Masks are inputs behind the sequences.
public struct MultiHeadAttentionLayer: Layer {
  /// The dense layers of one attention.
  public struct Projections: Sendable {
    /// Of the query, with as many channels as the heads have for keys.
    public let query: ConvolutionLayer
    /// Of the key.
    public let key: ConvolutionLayer
    /// Of the value.
    public let value: ConvolutionLayer
    /// Of what the heads read.
    public let output: ConvolutionLayer

    /// Creates the dense layers of one attention.
    public init(query: Convolution, key: Convolution, value: Convolution, output: Convolution) {
      self.query = ConvolutionLayer(query)
      self.key = ConvolutionLayer(key)
      self.value = ConvolutionLayer(value)
      self.output = ConvolutionLayer(output)
    }
  }

  /// The dense layers.
  public let projections: Projections
  /// The number of heads.
  public let heads: Int
  /// The number of inputs that are sequences: 2, or 3 with a key.
  public let sequences: Int
  /// The sequences that the inputs behind them are the masks of, in order.
  public let masked: [Int]
  /// Whether a query sees no value that comes after it.
  public let isCausal: Bool
  /// The number of trained numbers.
  public let parameterCount: Int

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - projections: The dense layers.
  ///   - heads: The number of heads, which divides the channels of the projections.
  ///   - sequences: The number of inputs that are sequences, 2 or 3.
  ///   - masked: The sequences that have a mask, ascending.
  ///   - isCausal: Whether a query sees no value that comes after it.
  ///   - parameterCount: The number of trained numbers; those of the dense layers when `nil`.
  public init(
    _ projections: Projections, heads: Int, sequences: Int = 2, masked: [Int] = [], isCausal: Bool = false,
    parameterCount: Int? = nil
  ) {
    precondition((2...3).contains(sequences), "attention reads two or three sequences, not \(sequences)")
    self.projections = projections
    self.heads = heads
    self.sequences = sequences
    self.masked = masked
    self.isCausal = isCausal
    let dense = [projections.query, projections.key, projections.value, projections.output]
    self.parameterCount = parameterCount ?? dense.reduce(0) { $0 + $1.parameterCount }
  }

  /// The kind of layer.
  public var role: LayerRole { .attention }

  /// The query's positions with the channels of the output projection.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    for input in inputs.prefix(sequences) where input.rank < 3 {
      throw .rankMismatch(window: 1, input: max(input.rank - 2, 0))
    }
    let (value, key) = (inputs[1], inputs[sequences - 1])
    guard key.spatial == value.spatial else {
      throw .weightMismatch(name: "key", expected: value.with(channels: key.channels), found: key)
    }
    _ = try projections.query.outputShape(for: [inputs[0]])
    _ = try projections.key.outputShape(for: [key])
    _ = try projections.value.outputShape(for: [value])
    return inputs[0].with(channels: projections.output.convolution.outputChannels)
  }

  /// What the queries read.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: inputs.map(\.shape))
    let read = try readout(inputs).readout.output.joiningHeads(heads)
    return try projections.output.forward([read]).reshaped(to: shape)
  }

  /// The cotangents of the sequences; zeros for the masks.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let inputs = site.inputs
    let pass = try readout(inputs)
    let read = pass.readout.output.joiningHeads(heads)
    let arriving = cotangent.reshaped(to: read.shape.with(channels: cotangent.shape.channels))
    let perHead = try projections.output.pullback(arriving, at: Site(inputs: [read], output: arriving))[0]
    let (scores, values) = pass.readout.pullback(perHead.dividedIntoHeads(heads))
    let (query, key) = pass.score.pullback(scores, query: pass.query, key: pass.key)
    let queryPart = try back(query, through: projections.query, to: inputs[0])
    let valuePart = try back(values, through: projections.value, to: inputs[1])
    let keyPart = try back(key, through: projections.key, to: inputs[sequences - 1])
    let parts = sequences == 2 ? [queryPart, valuePart + keyPart] : [queryPart, valuePart, keyPart]
    return parts + inputs.dropFirst(sequences).map { Tensor($0.shape) }
  }

  /// What flows from the heads of a projection to its input.
  private func back(
    _ cotangent: Tensor, through projection: ConvolutionLayer, to input: Tensor
  ) throws(GeometryError) -> Tensor {
    let joined = cotangent.joiningHeads(heads)
    let rows = input.positionsInLine
    let result = try projection.pullback(joined, at: Site(inputs: [rows], output: joined))[0]
    return result.reshaped(to: input.shape)
  }

  /// Queries and keys of every head, `[batch * heads, positions, channels]`, and what the queries read.
  private struct HeadPass {
    var query: Tensor
    var key: Tensor
    var score: AttentionScore
    var readout: AttentionReadout
  }

  private func readout(_ inputs: [Tensor]) throws(GeometryError) -> HeadPass {
    func project(_ input: Tensor, _ layer: ConvolutionLayer) throws(GeometryError) -> Tensor {
      try layer.forward([input.positionsInLine]).dividedIntoHeads(heads)
    }
    let query = try project(inputs[0], projections.query)
    let key = try project(inputs[sequences - 1], projections.key)
    let value = try project(inputs[1], projections.value)
    let masks = zip(masked, inputs.dropFirst(sequences))
    let pairs = AttentionPairs(
      shape: [inputs[0].shape[0], query.shape[1], key.shape[1]],
      queryMasks: masks.filter { $0.0 == 0 }.map(\.1), valueMasks: masks.filter { $0.0 != 0 }.map(\.1),
      isCausal: isCausal)
    let score = AttentionScore.product(
      scale: 1 / Float(query.shape.channels).squareRoot(), isTrained: false)
    let readout = AttentionReadout(
      scores: score(query: query, key: key), values: value,
      allowed: pairs.tensor.map { $0.repeatingItems(heads) })
    return HeadPass(query: query, key: key, score: score, readout: readout)
  }
}

extension Tensor {
  /// `[batch, spatial..., channels]` as `[batch, positions, channels]`.
  fileprivate var positionsInLine: Tensor {
    reshaped(to: [shape.batch, shape.positions, shape.channels])
  }

  /// `[batch, positions, heads * channels]` as `[batch * heads, positions, channels]`.
  fileprivate func dividedIntoHeads(_ heads: Int) -> Tensor {
    let channels = shape[2] / heads
    return reshaped(to: [shape[0], shape[1], heads, channels]).withAxes([0, 2, 1, 3])
      .reshaped(to: [shape[0] * heads, shape[1], channels])
  }

  /// `[batch * heads, positions, channels]` as `[batch, positions, heads * channels]`.
  fileprivate func joiningHeads(_ heads: Int) -> Tensor {
    reshaped(to: [shape[0] / heads, heads, shape[1], shape[2]]).withAxes([0, 2, 1, 3])
      .reshaped(to: [shape[0] / heads, shape[1], heads * shape[2]])
  }

  /// Every item several times in a row.
  fileprivate func repeatingItems(_ count: Int) -> Tensor {
    Tensor(joining: (0..<shape.batch).flatMap { Array(repeating: item($0), count: count) })
  }
}
