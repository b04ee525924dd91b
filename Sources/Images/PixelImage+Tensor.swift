import TensorCore

extension PixelImage {
  /// The samples as `[1, height, width, channels]`, values 0 to 255.
  public func tensor() -> Tensor {
    Tensor([1, height, width, channels]) { target in
      _ = target.initialize(from: samples.lazy.map { Float($0) })
    }
  }

  /// Creates an image from a tensor `[1, height, width, channels]` of values 0 to 255.
  ///
  /// Values are rounded to the nearest whole number (halves away from zero) and clamped to 0...255; NaN becomes 0.
  ///
  /// - Parameter tensor: A batch of one image with 1 to 4 channels and at least one pixel.
  public init(_ tensor: Tensor) {
    precondition(
      tensor.shape.rank == 4 && tensor.shape.batch == 1,
      "an image is made of a tensor 1xHxWxC, not of \(tensor.shape)")
    let samples = tensor.withValues { values in
      values.map { value in
        value.isNaN ? 0 : UInt8(min(max(value.rounded(), 0), 255))
      }
    }
    self.init(
      height: tensor.shape[1], width: tensor.shape[2], channels: tensor.shape[3], samples: samples)
  }
}
