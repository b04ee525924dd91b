import SignalLens

extension ExplanationRun {
  /// Writes an image as the model sees it, `<item>.input.png`, where figures are wanted: reports lay maps over it.
  func writePicture(
    of item: InputItem, called name: String, _ attribution: Attribution, _ method: ConfiguredMethod,
    _ loaded: InputItem.Loaded
  ) throws {
    let options = item.figureOptions(arguments, classNames, method, loaded)
    guard !figures.isEmpty, let raster = attribution.inputPicture(options) else {
      return
    }
    let samples = raster.pixels.flatMap { pixel in
      [16, 8, 0].map { UInt8(truncatingIfNeeded: pixel >> $0) }
    }
    let image = PixelImage(height: raster.height, width: raster.width, channels: 3, samples: samples)
    try image.writePNG(to: folder.path(item: name, suffix: "input.png"))
  }
}
