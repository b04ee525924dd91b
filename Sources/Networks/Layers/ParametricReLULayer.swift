import TensorCore

/// A ReLU with a trained slope for every element below zero: `max(x, 0) + slope * min(x, 0)`.
public struct ParametricReLULayer: Layer {
  /// One slope per element, of the shape `[1, spatial..., channels]`.
  public let slopes: Tensor
  /// The slopes that are trained: of the same shape, but with extent one on axes that share them.
  public let trainedSlopes: Tensor

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - slopes: One slope per element, of the shape `[1, spatial..., channels]`, with extent one on axes that share them.
  ///   - item: The shape of one item; that of the slopes when `nil`.
  public init(slopes: Tensor, over item: Shape? = nil) {
    trainedSlopes = slopes
    self.slopes = slopes.expanded(to: item ?? slopes.shape)
  }

  /// The number of trained slopes, fewer than elements where axes share them.
  public var parameterCount: Int { trainedSlopes.count }

  /// The kind of layer.
  public var role: LayerRole { .activation }

  /// The shape of the input.
  ///
  /// - Throws: `GeometryError` when the input has items of another shape.
  public func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    guard inputs[0].with(batch: 1) == slopes.shape else {
      throw .weightMismatch(name: "slope", expected: inputs[0].with(batch: 1), found: slopes.shape)
    }
    return inputs[0]
  }

  /// The function at every element.
  public func forward(_ inputs: [Tensor]) -> Tensor { scaled(inputs[0], at: inputs[0]) }

  /// The cotangent, times the slope where the input is not above zero.
  public func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    [scaled(cotangent, at: site.inputs[0])]
  }

  private func scaled(_ tensor: Tensor, at input: Tensor) -> Tensor {
    var result = tensor
    result.withMutableValues { target in
      input.withValues { input in
        slopes.withValues { slopes in
          for start in stride(from: 0, to: target.count, by: max(slopes.count, 1)) {
            for index in 0..<slopes.count where input[start + index] <= 0 {
              target[start + index] *= slopes[index]
            }
          }
        }
      }
    }
    return result
  }
}
