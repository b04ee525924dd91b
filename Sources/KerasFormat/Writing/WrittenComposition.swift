import Networks
import TensorCore

/// Layers of Keras that together stand for one operation.
struct WrittenComposition {
  /// What a layer reads.
  enum Operand: Hashable {
    /// An input of the operation.
    case input(Int)
    /// The value of an earlier layer.
    case part(Int)
  }

  /// A layer with what it reads.
  struct Part: Equatable {
    var layer: WrittenLayer
    let operands: [Operand]
  }

  /// The layers, each after those that it reads; the last one has the value of the operation.
  var parts: [Part] = []

  /// No layer yet.
  init() {}

  /// Layers one behind the other, the first of which reads the first input.
  init(_ chain: [WrittenLayer]) { add(chain, after: .input(0)) }

  /// Adds a layer.
  @discardableResult
  mutating func add(_ layer: WrittenLayer, after operands: [Operand]) -> Operand {
    parts.append(Part(layer: layer, operands: operands))
    return .part(parts.count - 1)
  }

  /// Adds layers one behind the other.
  @discardableResult
  mutating func add(_ chain: [WrittenLayer], after operand: Operand) -> Operand {
    chain.reduce(operand) { add($1, after: [$0]) }
  }
}

/// An operation for which Keras has several layers, or one or several depending on its options.
protocol KerasComposable {
  /// The layers of Keras that compute the same for inputs of given shapes, `[1, spatial..., channels]` each.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition
}

extension WrittenComposition {
  /// The layers for an operation.
  ///
  /// - Parameters:
  ///   - layer: The operation.
  ///   - inputs: The shapes that it reads, without those of masks.
  /// - Throws: `Unwritable` when there are none.
  init(of layer: any Layer, for inputs: [Shape]) throws(Unwritable) {
    switch layer {
    case let layer as any KerasWritable:
      self.init()
      add(try layer.written(for: inputs), after: inputs.indices.map { .input($0) })
    case let layer as any KerasComposable: self = try layer.composed(for: inputs)
    default: throw Unwritable(reason: "Keras 2 and 3 do not both have its operation")
    }
  }
}

extension WrittenLayer {
  /// `Rescaling`: the same factor and summand everywhere.
  static func rescaling(_ scale: Double, _ offset: Double = 0) -> WrittenLayer {
    WrittenLayer("Rescaling", ["scale": .number(scale), "offset": .number(offset)])
  }

  /// `Activation` with a function that Keras 2 and 3 have under the same name.
  static func activation(_ name: String) -> WrittenLayer {
    WrittenLayer("Activation", ["activation": .string(name)])
  }

  /// `ReLU` that ends at a value.
  static func rectifier(upTo maximum: Double) -> WrittenLayer {
    WrittenLayer(
      "ReLU", ["max_value": .number(maximum), "negative_slope": .number(0), "threshold": .number(0)])
  }

  /// `Reshape`.
  static func reshape(_ extents: some Sequence<Int>) -> WrittenLayer {
    WrittenLayer("Reshape", ["target_shape": .integers(Array(extents))])
  }

  /// `Permute` of the axes of an item, the first of which has the number one.
  static func permute(_ axes: some Sequence<Int>) -> WrittenLayer {
    WrittenLayer("Permute", ["dims": .integers(Array(axes))])
  }
}
