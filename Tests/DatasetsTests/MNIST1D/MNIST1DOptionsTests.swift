import Datasets
import Testing

@Suite struct MNIST1DOptionsTests {
  /// Sets one option to a value out of its range, and what the message says was expected.
  static let outside: [(name: String, value: Double, expected: String)] = [
    ("samples", 9, "a whole number from 10 to 10000000"),
    ("samples", 10_000_001, "a whole number from 10 to 10000000"),
    ("template length", 1, "a whole number from 2 to 100000"),
    ("minimum padding", -1, "a whole number from 0 to 60"),
    ("minimum padding", 61, "a whole number from 0 to 60"),
    ("maximum padding", -1, "a whole number from 0 to 100000"),
    ("maximum translation", 0, "a whole number from 1 to 1000000"),
    ("length", 0, "a whole number from 1 to 100000"),
    ("length", 100_001, "a whole number from 1 to 100000"),
    ("train fraction", -0.1, "a number from 0 to 1"), ("train fraction", 1.5, "a number from 0 to 1"),
    ("train fraction", .nan, "a number from 0 to 1"),
    ("scale coefficient", .infinity, "a number from -1e6 to 1e6"),
    ("correlated noise", .nan, "a number from -1e6 to 1e6"),
    ("independent noise", 1e7, "a number from -1e6 to 1e6"), ("shear", -1e7, "a number from -1e6 to 1e6"),
  ]

  @Test(arguments: outside)
  func valuesOutOfRangeAreRefused(_ name: String, _ value: Double, _ expected: String) {
    var options = MNIST1D.Options()
    var found = "\(value)"
    func set(_ option: WritableKeyPath<MNIST1D.Options, Int>) {
      options[keyPath: option] = Int(value)
      found = "\(Int(value))"
    }
    switch name {
    case "samples": set(\.samples)
    case "template length": set(\.templateLength)
    case "minimum padding": set(\.minimumPadding)
    case "maximum padding": set(\.maximumPadding)
    case "maximum translation": set(\.maximumTranslation)
    case "length": set(\.length)
    case "train fraction": options.trainFraction = value
    case "scale coefficient": options.scaleCoefficient = value
    case "correlated noise": options.correlatedNoise = value
    case "independent noise": options.independentNoise = value
    default: options.shear = value
    }
    #expect(throws: DatasetError.option(name: name, expected: expected, found: found)) {
      try MNIST1D(options)
    }
  }

  @Test func allValuesTogetherAreLimited() {
    var options = MNIST1D.Options()
    (options.samples, options.length) = (1_000_000, 100_000)
    let expected = "a whole number from 10 to 10737"
    #expect(throws: DatasetError.option(name: "samples", expected: expected, found: "1000000")) {
      try MNIST1D(options)
    }
  }

  /// As in the original, 29 hundredths of 100 are 28.999..., hence 28; and 105 samples are ten for each
  /// digit.
  @Test func partsAreRoundedDown() throws {
    var options = MNIST1D.Options()
    (options.samples, options.trainFraction) = (105, 0.29)
    let made = try MNIST1D(options)
    #expect(made.train.y.rowCount == 28)
    #expect(made.test.y.rowCount == 72)
    (options.samples, options.trainFraction) = (10, 0)
    #expect(try MNIST1D(options).train.x.shape == [0, 40])
    options.trainFraction = 1
    #expect(try MNIST1D(options).test.x.shape == [0, 40])
  }
}
