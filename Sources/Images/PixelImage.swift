/// An image of 8-bit samples.
///
/// One channel is grey, two are grey and alpha, three are RGB, four are RGB and alpha; alpha is not multiplied into the
/// colours. Samples are what the file holds: no colour profile and no gamma is applied.
public struct PixelImage: Sendable, Equatable {
  /// The number of rows, at least 1.
  public let height: Int
  /// The number of columns, at least 1.
  public let width: Int
  /// The number of samples per pixel, 1 to 4.
  public let channels: Int
  /// `height * width * channels` samples: row after row, the channels of a pixel next to each other.
  public let samples: [UInt8]

  /// Creates an image from its samples.
  ///
  /// - Parameters:
  ///   - height: The number of rows, at least 1.
  ///   - width: The number of columns, at least 1.
  ///   - channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
  ///   - samples: Exactly `height * width * channels` samples, row after row, the channels of a pixel next to each other.
  public init(height: Int, width: Int, channels: Int, samples: [UInt8]) {
    precondition(height >= 1 && width >= 1, "an image of \(width) x \(height) pixels has no pixels")
    precondition((1...4).contains(channels), "an image of \(channels) channels has no meaning")
    precondition(
      samples.count == height * width * channels,
      "\(samples.count) samples do not fill \(width) x \(height) pixels of \(channels) channels")
    self.height = height
    self.width = width
    self.channels = channels
    self.samples = samples
  }

  /// Whether the last channel is alpha.
  var hasAlpha: Bool { channels == 2 || channels == 4 }

  /// The number of pixels.
  var pixels: Int { height * width }

  /// An image of the same extents whose pixels are written one by one.
  ///
  /// - Parameters:
  ///   - channels: The number of channels of the new image.
  ///   - body: Receives the samples of a pixel of this image and those of the new one, which it must all write.
  /// - Returns: The new image.
  func mapPixels(
    toChannels channels: Int, _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) -> PixelImage {
    let mapped = [UInt8](unsafeUninitializedCapacity: pixels * channels) { target, count in
      samples.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        for pixel in 0..<pixels { body(from + pixel * self.channels, to + pixel * channels) }
      }
      count = pixels * channels
    }
    return PixelImage(height: height, width: width, channels: channels, samples: mapped)
  }
}
