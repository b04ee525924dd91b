import Datasets
import TensorCore
import Testing

@Suite struct MNIST1DTests {
  private static let published = Result { try MNIST1D() }

  private static func made(_ variant: String) throws -> MNIST1D {
    var options = MNIST1D.Options()
    switch variant {
    case "default": return try published.get()
    case "wrapped":
      (options.samples, options.minimumPadding, options.maximumPadding) = (200, 4, 20)
      (options.maximumTranslation, options.length, options.seed) = (31, 24, 7)
    case "shuffled":
      (options.samples, options.shufflesPositions, options.seed) = (100, true, 3)
    case "quiet":
      (options.samples, options.templateLength, options.length, options.seed) = (105, 20, 100, .max)
      (options.scaleCoefficient, options.correlatedNoise, options.independentNoise) = (0, 0, 0)
      (options.shear, options.trainFraction) = (0, 0.25)
    default:
      (options.samples, options.maximumTranslation, options.length, options.seed) = (50, 500, 7, 1)
      (options.minimumPadding, options.maximumPadding) = (0, 0)
    }
    return try MNIST1D(options)
  }

  /// Against a second implementation in NumPy: the first six sequences of each part, all labels, the time.
  @Test(arguments: ["default", "wrapped", "shuffled", "quiet", "far"])
  func variantsEqualTheStoredAnswers(_ variant: String) throws {
    let made = try Self.made(variant)
    let stored = try ArrayFile(contentsOf: Fixture.path("mnist1d/variants.npz"))
    for (suffix, split) in [("", made.train), ("_test", made.test)] {
      let x = try stored.array(named: "\(variant)/x\(suffix)")
      let first = Array(0..<x.rowCount)
      #expect(largestDifference(split.x.rows(first), x) < 1e-12)
      #expect(split.y.integers() == (try stored.array(named: "\(variant)/y\(suffix)").integers()))
      #expect(split.mask.rows(first) == (try stored.array(named: "\(variant)/mask\(suffix)")))
    }
    #expect(largestDifference(made.t, try stored.array(named: "\(variant)/t")) < 1e-12)
  }

  @Test func theDefaultEqualsThePublishedFile() throws {
    guard let path = Reference.path("mnist1d/mnist1d_data.pkl", for: "the published MNIST1D file") else {
      return
    }
    let file = try ArrayFile(contentsOf: path)
    let made = try Self.published.get()
    #expect(made.train.y == (try file.array(named: "y")))
    #expect(made.test.y == (try file.array(named: "y_test")))
    #expect(made.templates.y == (try file.array(named: "templates/y")))
    #expect(made.t == (try file.array(named: "t")))
    for (array, key) in [
      (made.train.x, "x"), (made.test.x, "x_test"), (made.templates.x, "templates/x"),
      (made.templates.t, "templates/t"),
    ] {
      let stored = try file.array(named: key)
      #expect(largestDifference(array, stored) < 1e-12)
      // Bit for bit: the file was computed with a correctly rounded logarithm.
      #expect(array == stored)
    }
  }

  /// Numbers of words drawn and moments before standardisation, from NumPy's generator.
  @Test func theStreamIsConsumedAsInNumPy() throws {
    let options = MNIST1D.Options()
    var random = NumPyLegacyRandom(seed: 42)
    var words = MersenneTwister(seed: 42)
    var drawn = 0
    func expectDrawn(_ count: Int) {
      while drawn < count {
        _ = words.nextWord()
        drawn += 1
      }
      var (ahead, expected) = (random, words)
      #expect(ahead.nextWord() == expected.nextWord())
    }
    _ = MNIST1D.Sequences(options).sequence(of: 0, &random)
    expectDrawn(343)
    random = NumPyLegacyRandom(seed: 42)

    let made = MNIST1D.sequences(options, &random)
    expectDrawn(1_868_577)
    let order = random.permutation(5000)
    expectDrawn(1_875_872)
    #expect(Array(order.prefix(8)) == [1472, 3385, 2210, 2638, 3156, 3147, 3103, 233])
    let (mean, deviation) = MNIST1D.moments(of: order.map { made[$0] }, options)
    #expect(mean == -0.0055075064312771795)
    #expect(deviation == 0.15467803420593054)
  }

  /// Padding, scale, translation and the first value of the noise of the first sequence.
  @Test func theFirstSequenceDrawsItsNumbersInOrder() {
    var random = NumPyLegacyRandom(seed: 42)
    #expect(36 + Int(random.uniform() * 25) == 45)
    #expect(1 + 0.4 * (random.uniform() - 0.5) == 1.1802857225639665)
    #expect(random.integer(below: 48) == 42)
    #expect(0.25 * random.standardNormal() == 0.11846520843620575)
  }

  @Test func theTemplateIsWhereTheMaskSaysItIs() throws {
    // Without noise and tilt, everything outside the template has one value: that of silence.
    let quiet = try Self.made("quiet")
    let values = quiet.test.x.doubles()
    let mask = quiet.test.mask.integers() ?? []
    let silence = Set(zip(values, mask).filter { $0.1 == 0 }.map(\.0))
    #expect(silence.count == 1)
  }

  @Test(arguments: ["default", "wrapped", "quiet", "far"])
  func extentsCoverWhatMasksCover(_ variant: String) throws {
    let made = try Self.made(variant)
    var wrapped = 0
    for split in [made.train, made.test] {
      let length = made.options.length
      let mask = try #require(split.mask.integers())
      let extents = try #require(split.extent?.integers())
      for row in 0..<split.y.rowCount {
        let (first, end) = (extents[2 * row], extents[2 * row + 1])
        let covered = (0..<length).map { position in
          first < end ? position >= first && position < end : position >= first || position < end
        }
        #expect(covered.map { $0 ? 1 : 0 } == Array(mask[(row * length)..<((row + 1) * length)]))
        if end <= first { wrapped += 1 }
      }
    }
    #expect((wrapped > 0) == (variant == "wrapped"))
  }

  @Test func shuffledPositionsHaveNoExtent() throws {
    let made = try Self.made("shuffled")
    #expect(made.train.extent == nil)
    #expect(made.test.extent == nil)
  }

  @Test func sequencesWithoutVariationAreZeros() throws {
    var options = MNIST1D.Options()
    (options.samples, options.length, options.maximumTranslation) = (10, 1, 1)
    (options.scaleCoefficient, options.correlatedNoise, options.independentNoise) = (0, 0, 0)
    options.shear = 0
    #expect(Set(try MNIST1D(options).train.x.doubles()) == [0])
  }

  private func largestDifference(_ a: NumericArray, _ b: NumericArray) -> Double {
    guard a.shape == b.shape else { return .infinity }
    return zip(a.doubles(), b.doubles()).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
