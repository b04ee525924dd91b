import Explainers
import HDF5Files
import Datasets
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct SISETests {
  @Test(arguments: PerturbationAnswers.cases)
  func mapsAreThoseOfTheFormula(name: String, space: ScoreSpace) throws {
    let answers = try PerturbationAnswers(name, space)
    #expect(try answers.worst(.sise(), "sise") <= 1e-5)
    #expect(try answers.worst(.sise(variant: .course), "sise-course") <= 1e-5)
    for item in 0..<answers.inputs.shape.batch {
      let found = try answers.model.explain(
        answers.inputs.item(item), with: .sise(), for: Target(.top, in: space))
      let masks = try answers.answers.doubles(item, of: "\(space.rawValue)/masks")[0]
      // The answer, a pass for the feature maps and gradients of both layers, and the masks.
      #expect(found.passes == 2 + Int(masks))
    }
  }

  /// The course's own maps of tissue tiles, computed in float32 with TensorFlow.
  @Test(.enabled(if: isOptimized)) func mapsAreThoseOfTheCourse() throws {
    guard let file = Reference.path("golden/hmt_course_maps.npz"),
      let answersPath = Reference.path("golden/hmt.h5"), let modelPath = Reference.path("models/HMT.h5")
    else { return }
    let model = try Model(keras: modelPath)
    let inputs = try StoredAnswers(answersPath).tensor("input")
    let expected = try ArrayFile(contentsOf: file).array(named: "sise").tensor()
    let size = expected.count / 3
    var comparison = MapComparison()
    for item in 0..<3 {
      let found = try model.explain(
        inputs.item(item), with: .sise(at: ["conv2d_3"], variant: .course),
        for: Target(.top, in: .probability))
      comparison.add(found.map.values, Array(expected.values[(item * size)..<((item + 1) * size)]))
    }
    print("SISE against the course: \(comparison)")
    // TensorFlow rounds gradients and probabilities to 32 bits; the smallest mean gradients decide whether a map is used.
    #expect(comparison.worst <= 1e-3)
  }

  /// Convolution, pooling, convolution: the inputs of the pooling, and the last convolution with its activation.
  @Test func endsOfBlocksInAChain() throws {
    let found = try explain(TinyNetwork(rank: 2).model())
    #expect(found.layer == "conv-activation,conv-2-activation")
  }

  /// A stem, a plain residual block and one that halves the positions: what lies in a branch is no end of a block.
  @Test func endsOfBlocksWithResiduals() throws {
    var builder = ModelBuilder(name: "residual")
    var names: [String] = []
    func convolution(_ from: Int, _ to: Int, stride: Int, after: Model.Node.ID) throws -> Model.Node.ID {
      names.append("conv-\(names.count)")
      let window = Window(kernel: [3], stride: [stride], padding: .same)
      let weights = Tensor([3, from, to], seed: UInt32(names.count))
      return try builder.add(
        ConvolutionLayer(Convolution(weights: weights, window: window)), name: names[names.count - 1],
        after: [after])
    }
    let input = try builder.add(InputLayer(shape: [1, 16, 1]), name: "input")
    let stem = try convolution(1, 4, stride: 1, after: input)
    let inner = try convolution(4, 4, stride: 1, after: stem)
    let plain = try builder.add(MergeLayer(.add), name: "plain", after: [stem, inner])
    let first = try convolution(4, 4, stride: 1, after: plain)
    let halved = try convolution(4, 4, stride: 2, after: first)
    let shortcut = try convolution(4, 4, stride: 2, after: plain)
    let last = try builder.add(MergeLayer(.add), name: "last", after: [halved, shortcut])
    let mean = try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [last])
    let dense = try Convolution(weights: Tensor([4, 3], seed: 9), window: Window(kernel: []))
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [mean])
    let found = try explain(builder.model())
    #expect(found.layer == "plain,last")
  }

  @Test func notesSayWhatWasUsed() throws {
    let found = try explain(TinyNetwork(rank: 1).model())
    #expect(found.notes.count == 2)
    #expect(found.notes[0].hasSuffix("of 4 feature maps of 'conv-activation' became masks"))
    #expect(found.notes[1].hasSuffix("of 5 feature maps of 'conv-2-activation' became masks"))
  }

  /// Nothing varies where the input is constant and borders are not filled: no mask, no pass, an empty map.
  @Test func flatFeatureMaps() throws {
    var builder = ModelBuilder(name: "flat")
    let input = try builder.add(InputLayer(shape: [1, 8, 1]), name: "input")
    let convolution = try Convolution(weights: Tensor([3, 1, 2], seed: 1), window: Window(kernel: [3]))
    let maps = try builder.add(ConvolutionLayer(convolution), name: "conv", after: [input])
    try builder.add(GlobalPoolingLayer(.average), name: "mean", after: [maps])
    let found = try builder.model().explain(Tensor([1, 8, 1], repeating: 1), with: .sise())
    #expect(found.map.values.allSatisfy { $0 == 0 })
    #expect(found.passes == 2)
    #expect(found.notes.last == "'conv' was left out, because its map is flat")
  }

  @Test func layersThatHaveNoPositions() throws {
    let network = TinyNetwork(rank: 1)
    #expect(
      sentence { _ = try network.model().explain(network.input(), with: .sise(at: ["conv", "dense"])) }
        == "'sise' needs a layer with feature maps over the positions of the input, but the output of layer 'dense' "
        + "has shape 3; name a convolution or pooling layer")
  }

  private func explain(_ model: Model) throws -> Attribution {
    try model.explain(Tensor(model.inputShape, seed: 3), with: .sise())
  }
}
