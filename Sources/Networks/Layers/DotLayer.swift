import TensorCore

/// The inner products of two tensors along one axis of each.
///
///     output[n, i..., j...] = sum over k of first[n, i..., k, i...] * second[n, j..., k, j...]
///
/// The remaining axes of the first come before those of the second; a single number per item gets a channel axis.
public struct DotLayer: Layer {
  /// The axis of the first and of the second input, counted from the batch axis, which is none of them.
  public let axes: (first: Int, second: Int)
  /// Whether lines along the axes are divided by their Euclidean lengths first.
  public let normalizes: Bool

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - first: The axis of the first input, from 1.
  ///   - second: The axis of the second input, from 1.
  ///   - normalizes: Whether lines along the axes are divided by their Euclidean lengths first.
  public init(first: Int, second: Int, normalizes: Bool = false) {
    axes = (first, second)
    self.normalizes = normalizes
  }

  /// The kind of layer.
  public var role: LayerRole { .attention }

  /// `[batch, rest of the first..., rest of the second...]`.
  ///
  /// - Throws: `GeometryError` when the inputs have not these axes or unequal extents along them.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    for (axis, input) in zip([axes.first, axes.second], inputs) where !(1..<input.rank).contains(axis) {
      throw .parameterOutOfRange(name: "axis", value: axis, least: 1, most: input.rank - 1)
    }
    guard inputs[0][axes.first] == inputs[1][axes.second] else {
      throw .weightMismatch(
        name: "extent along axis \(axes.second) of the second input", expected: [inputs[0][axes.first]],
        found: [inputs[1][axes.second]])
    }
    let rest = [(inputs[0], axes.first), (inputs[1], axes.second)].flatMap { shape, axis in
      shape.extents.indices.dropFirst().filter { $0 != axis }.map { shape[$0] }
    }
    return Shape([inputs[0][0]] + (rest.isEmpty ? [1] : rest))
  }

  /// The inner products.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other.
  public func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor {
    let shape = try outputShape(for: inputs.map(\.shape))
    let (first, second) = (lines(inputs[0], axes.first), lines(inputs[1], axes.second))
    return first.unit(normalizes).matrixProduct(second.unit(normalizes).matrixTransposed).reshaped(to: shape)
  }

  /// The cotangents of both inputs.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit each other.
  public func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor] {
    let (first, second) = (lines(site.inputs[0], axes.first), lines(site.inputs[1], axes.second))
    let arriving = cotangent.reshaped(to: [first.shape[0], first.shape[1], second.shape[1]])
    let toFirst = arriving.matrixProduct(second.unit(normalizes))
    let toSecond = arriving.matrixTransposed.matrixProduct(first.unit(normalizes))
    return [
      placed(first.unitPullback(toFirst, normalizes), axes.first, site.inputs[0].shape),
      placed(second.unitPullback(toSecond, normalizes), axes.second, site.inputs[1].shape),
    ]
  }

  /// `[batch, rest, axis]`: one line along the axis per position of the other axes.
  private func lines(_ input: Tensor, _ axis: Int) -> Tensor {
    let moved = input.withAxes(order(axis, input.shape.rank))
    let length = input.shape[axis]
    return moved.reshaped(to: [input.shape[0], input.shape.itemCount / max(length, 1), length])
  }

  /// Lines back in the order of the input's axes.
  private func placed(_ lines: Tensor, _ axis: Int, _ shape: Shape) -> Tensor {
    let order = order(axis, shape.rank)
    let moved = lines.reshaped(to: Shape(order.map { shape[$0] }))
    return moved.withAxes(order.indices.map { index in order.firstIndex(of: index) ?? index })
  }

  private func order(_ axis: Int, _ rank: Int) -> [Int] { (0..<rank).filter { $0 != axis } + [axis] }
}

extension Tensor {
  /// The smallest squared length that is divided by, as TensorFlow has it.
  private static let leastSquare = 1e-12

  /// Every line along the last axis by its Euclidean length.
  fileprivate func unit(_ isWanted: Bool) -> Tensor {
    isWanted ? mapRuns { line, _ in line.map { $0 * Self.factor(of: line).value } } : self
  }

  /// The cotangent of lines for that of their unit lines.
  fileprivate func unitPullback(_ cotangent: Tensor, _ isWanted: Bool) -> Tensor {
    guard isWanted else { return cotangent }
    let arriving = cotangent.values
    return mapRuns { line, start in
      let (factor, isClipped) = Self.factor(of: line)
      let along = isClipped ? 0 : zip(line, arriving[start...]).reduce(0) { $0 + $1.0 * Double($1.1) }
      return line.indices.map {
        factor * Double(arriving[start + $0]) - factor * factor * factor * along * line[$0]
      }
    }
  }

  private static func factor(of line: [Double]) -> (value: Double, isClipped: Bool) {
    let square = line.reduce(0) { $0 + $1 * $1 }
    return (1 / max(square, leastSquare).squareRoot(), square < leastSquare)
  }

  /// Replaces every run along the last axis by a function of it and of where it starts, in 64 bits.
  private func mapRuns(_ function: ([Double], Int) -> [Double]) -> Tensor {
    let (length, values) = (shape.extents[shape.rank - 1], values)
    return Tensor(
      shape,
      stride(from: 0, to: values.count, by: max(length, 1)).flatMap { start in
        function(values[start..<(start + length)].map { Double($0) }, start).map { Float($0) }
      })
  }
}
