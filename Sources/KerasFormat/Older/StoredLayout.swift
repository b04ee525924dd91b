import TensorCore

/// How a file keeps the axes of a weight, where that is not how layers take it.
struct StoredLayout {
  /// For every axis in the file the axis of the weight that it is; `nil` for one of extent one that the weight does not have.
  let axes: [Int?]

  /// The extents in the file of a weight of a shape.
  func extents(of shape: [Int]) -> [Int] { axes.map { $0.map { shape[$0] } ?? 1 } }

  /// The weight, from what the file has.
  func weight(_ stored: Tensor) -> Tensor {
    let present = axes.compactMap { $0 }
    let extents = zip(axes, stored.shape.extents).filter { $0.0 != nil }.map(\.1)
    let order = present.indices.map { axis in present.firstIndex(of: axis) ?? axis }
    return stored.reshaped(to: Shape(extents)).withAxes(order)
  }
}

extension LayerSource {
  /// The kernel of a convolution, as layers take it, from whatever version of Keras and from whatever library below it.
  ///
  /// - Parameters:
  ///   - shape: `[kernel extents..., from, to]`.
  ///   - name: Its name.
  /// - Returns: The kernel.
  /// - Throws: `KerasFormatError` when it is not there or not as it should be.
  func kernel(_ shape: [Int], named name: String = "kernel") throws(KerasFormatError) -> Tensor {
    let kernel = try weights.tensor(name, shape: shape, layouts: try kernelLayouts(axes: shape.count - 2))
    return weights.isMirrored ? kernel.withMirroredPositions(axes: shape.count - 2) : kernel
  }

  /// How Keras 1 kept kernels that are not named as today: those of `dim_ordering` 'th' as Theano took them.
  private func kernelLayouts(axes: Int) throws(KerasFormatError) -> [StoredLayout] {
    guard weights.orderedCount != nil else { return [] }
    let isChannelsFirst = try configuration.hasChannelsFirst()
    let positions = (0..<axes).map { Optional($0) }
    switch configuration.layerClass {
    case "Conv1D": return [StoredLayout(axes: [0, nil, 1, 2]), StoredLayout(axes: [2, 1, 0, nil])]
    case "Conv2D", "Conv3D":
      return isChannelsFirst ? [StoredLayout(axes: [axes + 1, axes] + positions)] : []
    case "Conv2DTranspose":
      return [StoredLayout(axes: isChannelsFirst ? [2, 3, 0, 1] : [0, 1, 3, 2])]
    default: return []
    }
  }
}

extension Tensor {
  /// The same elements with all positions along the first axes in the opposite order.
  fileprivate func withMirroredPositions(axes: Int) -> Tensor {
    let positions = shape.extents.prefix(axes).reduce(1, *)
    let size = count / max(positions, 1)
    return withValues { source in
      Tensor(shape) { target in
        for index in 0..<source.count {
          let mirrored = positions - 1 - index / size
          target.initializeElement(at: mirrored * size + index % size, to: source[index])
        }
      }
    }
  }
}
