import TensorCore

/// Layers that act on every step of a sequence alike.
///
/// The input is `[batch, time, ...]`; the layers see `[batch * time, ...]`.
public struct PerStepLayer: Layer {
  /// The layers, in order.
  public let layers: [any Layer]

  /// Creates a layer.
  ///
  /// - Parameter layers: What acts on a step, in order; each reads the one before it. At least one.
  public init(_ layers: [any Layer]) {
    precondition(!layers.isEmpty, "nothing acts on the steps")
    self.layers = layers
  }

  /// The role of the only layer; of several layers that of a recurrence, since the steps share one map.
  public var role: LayerRole { layers.count == 1 ? layers[0].role : .recurrent }

  /// The number of trained numbers in all layers.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// `[batch, time, ...]` of what the layers give for one step.
  ///
  /// - Throws: `GeometryError` when the input has no time axis or a layer cannot take its steps.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    var shape = try steps(of: inputs[0])
    for layer in layers { shape = try layer.outputShape(for: [shape]) }
    return Shape([inputs[0][0], inputs[0][1]] + shape.extents.dropFirst())
  }

  /// What the layers give for every step.
  ///
  /// - Throws: `GeometryError` when the input has no time axis or a layer cannot take its steps.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: [inputs[0].shape])
    var value = inputs[0].reshaped(to: try steps(of: inputs[0].shape))
    for layer in layers { value = try layer.forward([value]) }
    return value.reshaped(to: shape)
  }

  /// The cotangent of the sequence.
  ///
  /// - Throws: `GeometryError` when the input has no time axis or a layer cannot take its steps.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let input = site.inputs[0]
    var values = [input.reshaped(to: try steps(of: input.shape))]
    for layer in layers { values.append(try layer.forward([values[values.count - 1]])) }
    var arriving = cotangent.reshaped(to: values[layers.count].shape)
    for (index, layer) in layers.enumerated().reversed() {
      let site = Site(inputs: [values[index]], output: values[index + 1])
      arriving = try layer.pullback(arriving, at: site)[0]
    }
    return [arriving.reshaped(to: input.shape)]
  }

  private func steps(of shape: Shape) throws(GeometryError) -> Shape {
    guard shape.rank >= 3 else { throw .rankMismatch(window: 1, input: max(shape.rank - 2, 0)) }
    return Shape([shape[0] * shape[1]] + shape.extents.dropFirst(2))
  }
}

extension PerStepLayer: TrainingModeLayer {
  /// The layer with what acts in training alone, such as dropout, in that mode.
  ///
  /// Its trained layers are frozen: a batch normalisation within acts as at inference.
  public func inTraining(seed: UInt32) -> any Layer {
    let seeds = SplitMix64(seed: UInt64(seed))
    return PerStepLayer(
      layers.enumerated().map { index, layer in
        guard !(layer is any TrainableLayer), let training = layer as? any TrainingModeLayer else {
          return layer
        }
        return training.inTraining(seed: UInt32(truncatingIfNeeded: seeds[index]))
      })
  }

  /// The layer itself when nothing in it acts in training alone.
  public func inTraining(seed: UInt32, behind items: Int) -> (any Layer)? {
    layers.contains { !($0 is any TrainableLayer) && $0 is any TrainingModeLayer } ? nil : self
  }
}
