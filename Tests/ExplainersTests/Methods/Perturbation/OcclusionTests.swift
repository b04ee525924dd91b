import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct OcclusionTests {
  @Test(arguments: PerturbationAnswers.cases)
  func mapsAreThoseOfCaptum(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    let names = try answers.names(beginning: "occlusion")
    #expect(names.count >= 2)
    for name in names {
      let parts = name.split(separator: "-").map(String.init)
      let settings = MethodSettings(method: "occlusion", values: ["window": parts[1], "stride": parts[2]])
      #expect(try answers.worst(Occlusion(settings: settings), name) <= 1e-5, "\(name)")
    }
  }

  /// A sum of five values: hiding a window of two takes these two away.
  ///
  /// Values 1 2 3 4 5, windows of two in steps of two begin at 0, 2 and, cut off, 4: differences 3, 7, 5.
  @Test func windowsAreCutOffAtTheBorder() throws {
    let model = try sum(of: [5])
    let input = Tensor([1, 5, 1], [1, 2, 3, 4, 5])
    let found = try model.explain(input, with: .occlusion(window: .uniform(2), stride: .uniform(2)))
    #expect(found.map.values == [3, 3, 7, 7, 5])
    #expect(found.passes == 4)
    // In steps of one every inner position is reached twice: (3 + 5) / 2, (5 + 7) / 2, (7 + 9) / 2.
    let fine = try model.explain(input, with: .occlusion(window: .uniform(2), stride: .uniform(1)))
    #expect(fine.map.values == [3, 4, 6, 8, 9])
  }

  /// 2 x 3 values, a window of 2 x 2 in steps of one: two places, columns 0 1 and 1 2.
  @Test func windowsOverTwoAxes() throws {
    let model = try sum(of: [2, 3])
    let input = Tensor([1, 2, 3, 1], [1, 2, 3, 10, 20, 30])
    let found = try model.explain(input, with: .occlusion(window: .perAxis([2, 2]), stride: .uniform(1)))
    #expect(found.map.values == [33, 44, 55, 33, 44, 55])
  }

  /// Hidden values become those of the baseline; draws of noise are averaged.
  @Test func baselines() throws {
    let model = try sum(of: [4])
    let input = Tensor([1, 4, 1], [1, 2, 3, 6])
    let found = try model.explain(input, with: .occlusion(window: .uniform(1), baseline: .mean))
    #expect(found.map.values == [-2, -1, 0, 3])
    let file = try model.explain(
      input, with: .occlusion(window: .uniform(1), baseline: .tensor(Tensor([1, 4, 1], [1, 1, 1, 1]))))
    #expect(file.map.values == [0, 1, 2, 5])
    let noise = try model.explain(
      input, with: .occlusion(window: .uniform(1), baseline: .noise(samples: 3, seed: 0)))
    #expect(noise.passes == 1 + 3 * 4)
  }

  /// An input without spatial axes is hidden feature by feature.
  @Test func featuresWithoutPositions() throws {
    var builder = ModelBuilder(name: "features")
    let input = try builder.add(InputLayer(shape: [1, 3]), name: "input")
    let dense = try Convolution(weights: Tensor([3, 1], [1, 10, 100]), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [input])
    let found = try builder.model().explain(
      Tensor([1, 3], [1, 2, 3]), with: .occlusion(), for: .index(0))
    #expect(found.map.shape == [1, 3])
    #expect(found.map.values == [1, 20, 300])
  }

  /// A row of values that a model reshapes to an image is hidden by the image's windows.
  @Test func reshapedInputs() throws {
    var builder = ModelBuilder(name: "reshaped")
    let input = try builder.add(InputLayer(shape: [1, 6]), name: "input")
    let image = try builder.add(ReshapeLayer(to: [2, 3, 1]), name: "image", after: [input])
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [image])
    let dense = try Convolution(weights: Tensor([6, 1], repeating: 1), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    let found = try builder.model().explain(
      Tensor([1, 6], [1, 2, 3, 10, 20, 30]),
      with: .occlusion(window: .perAxis([2, 1]), stride: .uniform(1)), for: .index(0))
    #expect(found.map.shape == [1, 6])
    #expect(found.map.values == [11, 22, 33, 11, 22, 33])
  }

  @Test func windowsOfAnotherRank() throws {
    let model = try sum(of: [5])
    #expect(
      sentence {
        _ = try model.explain(Tensor([1, 5, 1]), with: .occlusion(window: .perAxis([2, 2])))
      }
        == "'2x2' is not a value for occlusion.window, which should be one whole number, or 1: one for every axis of the input"
    )
  }

  /// An eighth of every axis; the least stride with at most 1,024 windows, 32 along each of two axes.
  @Test(arguments: [
    ([40], "5", "1"), ([5000], "625", "5"), ([224, 224], "28x28", "7x7"), ([1, 40], "1x5", "1x1"),
    ([9, 8], "2x1", "1x1"),
  ])
  func automaticWindows(extents: [Int], window: String, stride: String) throws {
    let model = try sum(of: extents)
    let found = try model.explain(Tensor(model.inputShape, seed: 1), with: .occlusion())
    #expect(found.parameters[0] == .init("window", window))
    #expect(found.parameters[1] == .init("stride", stride))
  }

  /// A model that sums its values.
  private func sum(of extents: [Int]) throws -> Model {
    var builder = ModelBuilder(name: "sum")
    let shape = Shape(batch: 1, spatial: extents, channels: 1)
    let input = try builder.add(InputLayer(shape: shape), name: "input")
    let flat = try builder.add(FlattenLayer(), name: "flat", after: [input])
    let dense = try Convolution(weights: Tensor([shape.count, 1], repeating: 1), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    return try builder.model()
  }
}
