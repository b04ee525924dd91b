import Networks
import TensorCore

/// A straight path cut into the pieces on which a piecewise linear model is linear.
///
/// While no rectifier opens or closes and no maximum changes hands, the model is an affine function, and stays one when it is continued
/// beyond the piece. So the pattern of open rectifiers and winning cells is frozen, the frozen model is run at both ends of the path, and
/// every value of the network anywhere between follows by linear interpolation. The piece ends where the first of these values crosses
/// its kink; there that unit alone changes its segment and what lies behind it is computed anew.
///
/// Source: M. Sotoudeh and A. V. Thakur, *Computing linear restrictions of neural networks*, NeurIPS 2019.
struct LinearPieces {
  /// Why a path has no such pieces.
  enum Problem: Error, Equatable {
    /// A layer that is neither linear nor linear between kinks.
    case curved(layer: String)
    /// More pieces than were allowed.
    case tooMany(limit: Int)
    /// The model cannot be run.
    case model(ModelError)
  }

  /// The path is walked in this many parts at the same time.
  private static let parts = 8

  private let model: Model
  private let steps: [PiecewiseStep]
  private let path: StraightPath

  /// Prepares to cut a path.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - model: The model; the pieces are those of its logits.
  /// - Throws: `Problem.curved` when the logits are not piecewise linear in the input.
  init(of path: StraightPath, through model: Model) throws(Problem) {
    self.model = model
    self.path = path
    steps = try PiecewiseStep.all(of: model)
  }

  /// The values at which the model may have a kink.
  static func units(of model: Model) -> Int? {
    (try? PiecewiseStep.all(of: model))?.reduce(0) {
      $0 + ($1.isAffine ? 0 : model.nodes[$1.node].shape.count)
    }
  }

  /// The middle and the length of every piece, from the baseline to the input; the lengths sum to one.
  ///
  /// - Parameter limit: The most pieces that are worth it.
  /// - Returns: One node per piece.
  /// - Throws: `Problem` when there are more, or the model cannot be run.
  func nodes(atMost limit: Int) throws(Problem) -> [PathRule.Node] {
    let parts = Self.parts
    var nodes: [PathRule.Node] = []
    try Threads.stream(parts) { (part) throws(Problem) in
      // A part with many more pieces than its share already says that there are too many.
      try walk(from: Double(part) / Double(parts), to: Double(part + 1) / Double(parts), limit / 2)
    } into: {
      nodes += $0
    }
    guard nodes.count <= limit else { throw .tooMany(limit: limit) }
    return nodes
  }

  private func walk(from start: Double, to end: Double, _ limit: Int) throws(Problem) -> [PathRule.Node] {
    var pattern = FrozenPattern(model, steps)
    var nodes: [PathRule.Node] = []
    var position = 0.0
    var flips = 0
    let length = end - start
    try running { () throws(ModelError) in try pattern.freeze(at: path.points(at: [start, end])) }
    while position < 1 {
      let crossing = pattern.nextCrossing(after: position)
      let next = min(crossing?.position ?? 1, 1)
      if next > position {
        nodes.append(
          PathRule.Node(position: start + length * (position + next) / 2, weight: length * (next - position)))
        position = next
      }
      guard let crossing, next < 1 else { break }
      flips += 1
      guard nodes.count <= limit, flips <= 2 * limit else { throw .tooMany(limit: 2 * limit) }
      try running { () throws(ModelError) in try pattern.cross(crossing) }
    }
    return nodes
  }

  private func running(_ body: () throws(ModelError) -> Void) throws(Problem) {
    do { try body() } catch { throw .model(error) }
  }
}

/// One node of a piecewise linear model.
struct PiecewiseStep: Sendable {
  /// How a node computes its value.
  enum Kind: Sendable {
    case affine
    /// Every element for itself, linear between kinks.
    case kinked(LinearSegments)
    /// The largest of some cells, per channel: for every output position the positions of its window.
    case largest([[Int]])
  }

  let node: Model.Node.ID
  let kind: Kind

  /// Whether the step has no kinks.
  var isAffine: Bool { if case .affine = kind { true } else { false } }

  /// The nodes before the logits, in order.
  static func all(of model: Model) throws(LinearPieces.Problem) -> [PiecewiseStep] {
    var steps: [PiecewiseStep] = []
    for id in model.nodes(before: model.head.logits) where model.nodes[id].layer.role != .input {
      steps.append(PiecewiseStep(node: id, kind: try kind(of: id, in: model)))
    }
    return steps
  }

  private static func kind(of id: Model.Node.ID, in model: Model) throws(LinearPieces.Problem) -> Kind {
    let node = model.nodes[id]
    switch node.layer {
    case let layer as ActivationLayer:
      if let segments = layer.activation.linearSegments {
        return segments.kinks.isEmpty ? .affine : .kinked(segments)
      }
    case let layer as PoolingLayer:
      if layer.pooling.kind == .average { return .affine }
      let window = layer.pooling.window
      if let cells = try? window.resolved(over: model.nodes[node.inputs[0]].shape.spatial).cells,
        !cells.contains(where: \.isEmpty)
      {
        return .largest(cells)
      }
    case let layer as GlobalPoolingLayer:
      let positions = model.nodes[node.inputs[0]].shape.positions
      return layer.kind == .average ? .affine : .largest([Array(0..<positions)])
    case is any AffineLayer: return .affine
    default: break
    }
    throw .curved(layer: node.layerName)
  }
}
