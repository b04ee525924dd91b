import Networks

/// Layers that change images while training and leave them as they are at inference.
enum AugmentationReader: ElementwiseKerasLayer {
  static let classNames = [
    "AugMix", "CutMix", "MixUp", "RandAugment", "RandomBrightness", "RandomColorDegeneration",
    "RandomColorJitter", "RandomContrast", "RandomElasticTransform", "RandomErasing", "RandomFlip",
    "RandomGaussianBlur", "RandomGrayscale", "RandomHeight", "RandomHue", "RandomInvert", "RandomPerspective",
    "RandomPosterization", "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear",
    "RandomTranslation", "RandomWidth", "RandomZoom",
  ]

  static func layers(for source: LayerSource) -> [any Layer] { [IdentityLayer()] }
}
