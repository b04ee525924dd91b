extension PixelImage {
  /// The image in grey or in colour.
  ///
  /// Alpha is dropped, not blended. RGB becomes grey as ITU-R 601-2 weighs it, in integers:
  ///
  ///     grey = (19595 R + 38470 G + 7471 B + 32768) / 65536
  ///
  /// Equals Pillow's `convert("L")` and `convert("RGB")` bit for bit.
  ///
  /// - Parameter wanted: 1 for grey, 3 for RGB.
  /// - Returns: An image of that many channels.
  /// - Throws: `ImageError.unknownConversion` for any other number.
  public func converted(toChannels wanted: Int) throws(ImageError) -> PixelImage {
    guard wanted == 1 || wanted == 3 else {
      throw .unknownConversion(from: channels, to: wanted)
    }
    if wanted == channels { return self }
    switch (channels >= 3, wanted == 3) {
    case (false, false):
      return mapPixels(toChannels: 1) { $1[0] = $0[0] }
    case (false, true):
      return mapPixels(toChannels: 3) { grey, colour in
        for channel in 0..<3 { colour[channel] = grey[0] }
      }
    case (true, false):
      return mapPixels(toChannels: 1) { colour, grey in
        let sum = 19595 * UInt32(colour[0]) + 38470 * UInt32(colour[1]) + 7471 * UInt32(colour[2])
        grey[0] = UInt8((sum + 0x8000) >> 16)
      }
    case (true, true):
      return mapPixels(toChannels: 3) { source, colour in
        for channel in 0..<3 { colour[channel] = source[channel] }
      }
    }
  }

  /// RGB from the four inks of print, 0 without ink and 255 with all of it.
  ///
  ///     R = (255 - K) - C (255 - K) / 255
  ///
  /// and so on, rounded: what Pillow does, without a colour profile.
  ///
  /// - Parameter isInverted: Whether 255 stands for no ink, as Adobe's programs write JPEG files.
  /// - Returns: An image of three channels.
  func convertedFromCMYK(isInverted: Bool) -> PixelImage {
    let flip: UInt8 = isInverted ? 255 : 0
    return mapPixels(toChannels: 3) { inks, colour in
      let light = 255 - Int(inks[3] ^ flip)
      for channel in 0..<3 {
        colour[channel] = UInt8(max(0, light - scaled(Int(inks[channel] ^ flip), by: light)))
      }
    }
  }

  /// The image with its colours multiplied by alpha / 255; itself without alpha.
  func premultiplied() -> PixelImage {
    guard hasAlpha else { return self }
    let alpha = channels - 1
    return mapPixels(toChannels: channels) { source, target in
      for channel in 0..<alpha {
        target[channel] = UInt8(scaled(Int(source[channel]), by: Int(source[alpha])))
      }
      target[alpha] = source[alpha]
    }
  }

  /// The image with its colours divided by alpha / 255, rounded down, black where alpha is 0; itself without alpha.
  func unpremultiplied() -> PixelImage {
    guard hasAlpha else { return self }
    let alpha = channels - 1
    return mapPixels(toChannels: channels) { source, target in
      let divisor = Int(source[alpha])
      for channel in 0..<alpha {
        let value = Int(source[channel])
        target[channel] = divisor == 0 ? 0 : UInt8(min(255, value * 255 / divisor))
      }
      target[alpha] = source[alpha]
    }
  }
}

/// `value * factor / 255`, rounded, for two numbers from 0 to 255.
private func scaled(_ value: Int, by factor: Int) -> Int {
  let product = value * factor + 128
  return ((product >> 8) + product) >> 8
}
