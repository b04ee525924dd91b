import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct LIMETests {
  @Test(arguments: PerturbationAnswers.cases)
  func mapsAreThoseOfTheAuthorsPackage(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    let method = LIME(masks: 80, segmentation: Segmentation(.equal, count: 12), hidden: .segmentMean, seed: 5)
    #expect(try answers.worst(method, "lime-equal-12") <= 1e-5)
  }

  /// The standard error of a coefficient is about its deviation over seeds.
  @Test func standardErrorsAreThoseOverSeeds() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let runs = try (0..<40).map {
      try model.explain(
        network.input(),
        with: LIME(masks: 200, kernelWidth: 100, ridge: 0, hidden: .baseline(.zero), seed: UInt32($0)))
    }
    for position in 0..<12 {
      let values = runs.map { Double($0.map[0, position, 0]) }
      let mean = values.reduce(0, +) / 40
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39).squareRoot()
      let stated = try runs.reduce(0) { try $0 + Double(#require($1.standardError)[0, position, 0]) / 40 }
      #expect(abs(stated / deviation - 1) < 0.5)
    }
  }

  /// Segments of one position each, a model that sums them: every coefficient is what hiding takes away.
  @Test func aLinearModelIsFound() throws {
    var builder = ModelBuilder(name: "linear")
    let input = try builder.add(InputLayer(shape: [1, 6, 1]), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [input])
    let dense = try Convolution(weights: Tensor([6, 1], [1, -2, 3, 4, 0, 1]), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    let found = try builder.model().explain(
      Tensor([1, 6, 1], [1, 1, 1, 2, 1, 1]),
      with: LIME(masks: 100, ridge: 0, hidden: .baseline(.zero)), for: .index(0))
    for (a, b) in zip(found.map.values, [1, -2, 3, 8, 0, 1] as [Float]) { #expect(abs(a - b) <= 1e-5) }
    #expect(try #require(found.standardError).maximum <= 1e-5)
  }

  @Test func stopsWhenStable() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let found = try model.explain(network.input(), with: .lime(stopsWhenStable: true))
    let masks = try #require(found.passes) - 1
    #expect(masks < 1000)
    #expect(
      found.notes == [
        "stopped after \(masks) of 1000 masks, because the highest tenth of the map was stable"
      ])
    let plain = try model.explain(network.input(), with: .lime(masks: masks))
    #expect(plain.map.bits == found.map.bits)
  }

  /// Means of their segments for images, the mean of all positions for signals, where segments are short.
  @Test(arguments: [(1, "mean"), (2, "segment-mean")])
  func whatHidesUnlessItIsGiven(rank: Int, name: String) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let found = try model.explain(network.input(), with: .lime())
    #expect(found.parameters.contains(.init("baseline", name)))
    let asked = try MethodCatalog.method(
      "lime", settings: MethodSettings(method: "lime", values: ["baseline": name]))
    #expect(try model.explain(network.input(), with: asked).map.bits == found.map.bits)
  }

  @Test func unknownFill() {
    let settings = MethodSettings(method: "lime", values: ["baseline": "black"])
    #expect(
      sentence { _ = try LIME(settings: settings) }
        == "'black' is not a value for lime.baseline, which should be auto, segment-mean, zero, mean, blur, noise or the path of a file"
    )
  }
}
