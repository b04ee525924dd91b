extension PixelImage {
  /// The image at another size, as Pillow's `resize((width, height), BILINEAR)` makes it.
  ///
  /// Every new sample is a mean of old ones, weighed by a triangle around its centre. The triangle reaches one old
  /// sample to either side, and as many more as the image is made smaller, so nothing is skipped. Rows are resized
  /// first, then columns; both results are rounded to 8 bits, and an extent that stays is not touched. Colours with alpha are
  /// multiplied by alpha meanwhile, so that colours nobody sees do not bleed.
  ///
  /// Equals Pillow up to version 12 bit for bit, and later versions but where the height shrinks much more than the width:
  /// there they resize columns first, and single samples differ by 1.
  ///
  /// Cost: `2 * max(1, old / new)` products per sample and axis.
  ///
  /// - Parameters:
  ///   - height: The new number of rows, at least 1.
  ///   - width: The new number of columns, at least 1.
  /// - Returns: The resized image, with as many channels.
  public func resized(height: Int, width: Int) -> PixelImage {
    precondition(height >= 1 && width >= 1, "an image of \(width) x \(height) pixels has no pixels")
    guard height != self.height || width != self.width else { return self }
    return premultiplied().resizedRows(to: width).resizedColumns(to: height).unpremultiplied()
  }

  /// Each row with another number of pixels.
  private func resizedRows(to width: Int) -> PixelImage {
    guard width != self.width else { return self }
    return resized(
      TriangleWeights(from: self.width, to: width), height: height, width: width,
      lines: height, lineStride: self.width * channels, run: channels)
  }

  /// Each column with another number of pixels.
  private func resizedColumns(to height: Int) -> PixelImage {
    guard height != self.height else { return self }
    return resized(
      TriangleWeights(from: self.height, to: height), height: height, width: width,
      lines: 1, lineStride: 0, run: width * channels)
  }

  /// Both passes: a line is a sequence of runs of samples, and every new run is a weighted sum of old ones.
  ///
  /// - Parameters:
  ///   - weights: The weights of old runs in new ones.
  ///   - height: The rows of the new image.
  ///   - width: The columns of the new image.
  ///   - lines: The number of lines.
  ///   - lineStride: The samples from one line to the next.
  ///   - run: The samples that share their weights: a pixel within a row, a whole row within the column of rows.
  /// - Returns: The new image.
  private func resized(
    _ weights: TriangleWeights, height: Int, width: Int, lines: Int, lineStride: Int, run: Int
  ) -> PixelImage {
    let total = height * width * channels
    let resized = [UInt8](unsafeUninitializedCapacity: total) { target, count in
      samples.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, var to = target.baseAddress else { return }
        for line in 0..<lines {
          weights.apply(to: from + line * lineStride, run: run, writing: &to)
        }
      }
      count = total
    }
    return PixelImage(height: height, width: width, channels: channels, samples: resized)
  }
}
