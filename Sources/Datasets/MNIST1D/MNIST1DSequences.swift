import TensorCore

extension MNIST1D {
  /// The transformations that make a sequence out of a template, in the order of the original generator.
  package struct Sequences: Sendable {
    private let options: Options
    private let smoothing = GaussianSmoothing()
    private let tilt: [Double]

    package init(_ options: Options) {
      self.options = options
      tilt = NumPyArithmetic.linspace(-0.5, 0.5, options.dilatedLength)
    }

    /// Pads, dilates, scales, translates, adds noise, shears and resamples the template of a digit.
    package func sequence(of label: Int, _ random: inout NumPyLegacyRandom) -> Sequence {
      let dilated = dilate(Templates.curves[label], &random)
      let moved = translate(scale(dilated, &random), &random)
      // The template was raised by a trifle, so that only what was appended is exactly zero.
      let isTemplate = moved.map { $0 != 0 }
      let noise = smoothing(moved.map { _ in options.correlatedNoise * random.standardNormal() })
      let noisy = moved.indices.map { index in
        (isTemplate[index] ? moved[index] : noise[index])
          + options.independentNoise * random.standardNormal()
      }
      return Sequence(
        values: NumPyArithmetic.resample(shear(noisy, &random), to: options.length),
        mask: resampledMask(isTemplate), label: label)
    }

    private func dilate(_ template: [Double], _ random: inout NumPyLegacyRandom) -> [Double] {
      let choices = options.maximumPadding - options.minimumPadding + 1
      let padding = options.minimumPadding + Int(random.uniform() * Double(choices))
      let padded = template.map { $0 + 1e-8 } + [Double](repeating: 0, count: padding)
      return NumPyArithmetic.resample(padded, to: options.dilatedLength)
    }

    private func scale(_ values: [Double], _ random: inout NumPyLegacyRandom) -> [Double] {
      let factor = 1 + options.scaleCoefficient * (random.uniform() - 0.5)
      return values.map { $0 * factor }
    }

    /// Moves the values right, the last ones round to the front; a move by the length or more leaves them in
    /// place.
    private func translate(_ values: [Double], _ random: inout NumPyLegacyRandom) -> [Double] {
      let distance = random.integer(below: options.maximumTranslation)
      guard distance < values.count else { return values }
      return Array(values.suffix(distance) + values.dropLast(distance))
    }

    private func shear(_ values: [Double], _ random: inout NumPyLegacyRandom) -> [Double] {
      let coefficient = options.shear * (random.uniform() - 0.5)
      return zip(values, tilt).map { $0 - coefficient * $1 }
    }

    /// Marks the finished samples into which at least one dilated sample of the template enters.
    ///
    /// Finished sample `j` lies at `c = j (N - 1) / (L - 1)` of `N` dilated samples and mixes those at
    /// `floor(c)` and, when `c` is not whole, `floor(c) + 1`; whole numbers decide, so that no rounding
    /// widens the mask.
    private func resampledMask(_ isTemplate: [Bool]) -> [UInt8] {
      guard options.length > 1 else { return [isTemplate[0] ? 1 : 0] }
      return (0..<options.length).map { index in
        let (left, rest) = (index * (isTemplate.count - 1)).quotientAndRemainder(
          dividingBy: options.length - 1)
        return isTemplate[left] || (rest != 0 && isTemplate[left + 1]) ? 1 : 0
      }
    }
  }
}
