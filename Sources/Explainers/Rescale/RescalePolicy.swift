import Networks
import TensorCore

/// Sends multipliers in the place of cotangents: at a nonlinearity the ratio of the differences to a reference.
///
/// The multiplier of a value says by how much the score differs from that of the reference, per unit by which the value does.
final class RescalePolicy: BackwardPolicy {
  private let reference: Trace
  private let nodes: [String: Model.Node.ID]

  /// Creates a policy.
  ///
  /// - Parameter reference: The values of all nodes at the baseline.
  init(_ reference: Trace) {
    self.reference = reference
    nodes = Dictionary(uniqueKeysWithValues: reference.model.nodes.enumerated().map { ($1.name, $0) })
  }

  /// The multipliers of a node's inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take what reaches it.
  func pullback(
    _ multiplier: Tensor, through node: Model.Node, at site: Site
  ) throws(GeometryError) -> [Tensor]? {
    guard let id = nodes[node.name] else { return nil }
    let reference = Site(inputs: node.inputs.map { self.reference[$0] }, output: self.reference[id])
    return try Rescale(of: node.layer)?(multiplier, at: site, reference)
  }
}

/// What a layer does with multipliers.
enum Rescale {
  /// A linear layer: its own pullback.
  case linear(any Layer)
  /// A function of every element for itself.
  case elementwise(any Layer)
  /// The softmax over the channels.
  case softmax
  /// The largest or smallest of several values.
  case choice(any Layer)
  /// The product of two inputs.
  case product(MergeLayer)
  /// The first half of the channels times the logistic function of the second.
  case gatedLinearUnit
  /// Layers that act on every step of a sequence alike.
  case steps(PerStepLayer)

  /// What a layer does with multipliers, or `nil` when that is not defined.
  init?(of layer: any Layer) {
    switch layer {
    case let merge as MergeLayer:
      switch merge.kind {
      case .add, .subtract, .average: self = .linear(merge)
      case .maximum, .minimum: self = .choice(merge)
      case .multiply: self = .product(merge)
      case .divide: return nil
      }
    case let layer as PerStepLayer:
      guard layer.layers.allSatisfy({ Rescale(of: $0) != nil }) else { return nil }
      self = .steps(layer)
    case is GatedLinearUnitLayer: self = .gatedLinearUnit
    case is SoftmaxLayer: self = .softmax
    case is SparsemaxLayer, is StatisticalNormalizationLayer: return nil
    case is ConcatenationLayer: self = .linear(layer)
    default:
      switch layer.role {
      case .convolution, .dense, .normalization, .averagePooling, .routing, .identity: self = .linear(layer)
      case .activation: self = .elementwise(layer)
      case .maximumPooling: self = .choice(layer)
      // Which positions count is taken as it is at the item.
      case .mask: self = layer is MaskingLayer ? .elementwise(layer) : .linear(layer)
      case .input, .softmax, .merge, .recurrent, .attention, .embedding: return nil
      }
    }
  }

  /// The multipliers of the inputs.
  ///
  /// - Parameters:
  ///   - multiplier: The multiplier of the output.
  ///   - site: Inputs and output at the item.
  ///   - reference: Inputs and output at the baseline.
  /// - Returns: One tensor for every input.
  /// - Throws: `GeometryError` when the layer cannot take its inputs.
  func callAsFunction(
    _ multiplier: Tensor, at site: Site, _ reference: Site
  ) throws(GeometryError) -> [Tensor] {
    switch self {
    case .linear(let layer): return try layer.pullback(multiplier, at: site)
    case .elementwise(let layer):
      if let function = (layer as? ActivationLayer)?.activation {
        let slopes = site.inputs[0].combined(with: reference.inputs[0]) { function.slope(from: $1, to: $0) }
        return [multiplier * slopes]
      }
      let gradient = try layer.pullback(multiplier, at: site)[0]
      let difference = multiplier * (site.output - reference.output)
      return [Self.quotient(difference, by: site.inputs[0] - reference.inputs[0], or: gradient)]
    case .softmax:
      let gradient = SoftmaxLayer().pullback(multiplier, at: site)[0]
      let difference = multiplier * (site.output - reference.output)
      return [
        Self.quotient(difference, by: site.inputs[0] - reference.inputs[0], or: gradient).lessMeanOfChannels
      ]
    case .choice(let layer): return try Self.choice(layer, multiplier, site, reference)
    case .product(let merge):
      // Of two factors each has the mean of the other's values as its slope; the parts add up to the difference of the products.
      let inputs = zip(site.inputs, reference.inputs).map { ($0 + $1) * 0.5 }
      return merge.pullback(multiplier, at: Site(inputs: inputs, output: site.output))
    case .gatedLinearUnit: return [Self.gated(multiplier, site.inputs[0], reference.inputs[0])]
    case .steps(let layer): return [try Self.throughSteps(layer, multiplier, site, reference)]
    }
  }
}

extension Rescale {
  /// The smallest difference that is divided by; below it the derivative at the item is taken.
  private static let smallest: Float = 1e-10

  private static func quotient(_ difference: Tensor, by inputs: Tensor, or gradient: Tensor) -> Tensor {
    let ratio = difference.combined(with: inputs) { abs($1) < smallest ? .nan : $0 / $1 }
    return ratio.combined(with: gradient) { $0.isNaN ? $1 : $0 }
  }

  /// What the output gains up to the larger of both goes to the winner at the item, the rest to the winner at the reference.
  private static func choice(
    _ layer: any Layer, _ multiplier: Tensor, _ site: Site, _ reference: Site
  ) throws(GeometryError) -> [Tensor] {
    let isMinimum = (layer as? MergeLayer)?.kind == .minimum
    let turning = site.output.combined(with: reference.output) { isMinimum ? min($0, $1) : max($0, $1) }
    let toWinner = try layer.pullback(multiplier * (turning - reference.output), at: site)
    let toFormer = try layer.pullback(multiplier * (site.output - turning), at: reference)
    let gradient = try layer.pullback(multiplier, at: site)
    return site.inputs.indices.map { index in
      quotient(
        toWinner[index] + toFormer[index], by: site.inputs[index] - reference.inputs[index],
        or: gradient[index])
    }
  }

  private static func gated(_ multiplier: Tensor, _ input: Tensor, _ reference: Tensor) -> Tensor {
    let channels = multiplier.shape.channels
    let (signal, formerSignal) = (input.channels(0..<channels), reference.channels(0..<channels))
    let (gate, formerGate) = (
      input.channels(channels..<(2 * channels)), reference.channels(channels..<(2 * channels))
    )
    let openness = (Activation.sigmoid(gate) + Activation.sigmoid(formerGate)) * 0.5
    let slopes = gate.combined(with: formerGate) { Activation.sigmoid.slope(from: $1, to: $0) }
    return Tensor(joiningChannels: [
      multiplier * openness, multiplier * slopes * ((signal + formerSignal) * 0.5),
    ])
  }

  private static func throughSteps(
    _ layer: PerStepLayer, _ multiplier: Tensor, _ site: Site, _ reference: Site
  ) throws(GeometryError) -> Tensor {
    let (values, former) = (try layer.values(of: site.inputs[0]), try layer.values(of: reference.inputs[0]))
    var arriving = multiplier.reshaped(to: values[values.count - 1].shape)
    for (index, inner) in layer.layers.enumerated().reversed() {
      let site = Site(inputs: [values[index]], output: values[index + 1])
      let reference = Site(inputs: [former[index]], output: former[index + 1])
      guard let rescale = Rescale(of: inner) else { continue }
      arriving = try rescale(arriving, at: site, reference)[0]
    }
    return arriving.reshaped(to: site.inputs[0].shape)
  }
}

extension Tensor {
  /// Every element less the mean of the channels at its position.
  fileprivate var lessMeanOfChannels: Tensor {
    let mean = overChannels(.mean).values
    let channels = shape.channels
    return Tensor(shape, values.enumerated().map { $1 - mean[$0 / channels] })
  }
}
