import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct ExplanationErrorTests {
  @Test(arguments: [[2, 12, 2], [0, 12, 2], [12]])
  func severalItems(extents: [Int]) throws {
    let model = try TinyNetwork(rank: 1).model()
    let shape = Shape(extents)
    #expect(
      sentence { _ = try model.explain(Tensor(shape), with: .gradient) }
        == "one item is explained at a time, but the input has shape \(shape)")
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func inputsThatAreNotFinite(value: Float) throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    var input = network.input()
    input[0, 3, 1] = value
    #expect(
      sentence { _ = try model.explain(input, with: .gradient) }
        == "element 7 of the input is not a finite number; remove or fill such values before explaining")
  }

  @Test func mapsThatAreNotFinite() throws {
    // 1e30 x 1e30 overflows as a slope, while the score at zero is zero.
    var builder = ModelBuilder(name: "steep")
    var last = try builder.add(InputLayer(shape: [1, 1]), name: "input")
    let steep = try Convolution(weights: Tensor([1, 1], [1e30]), window: Window(kernel: []))
    for name in ["first", "second"] {
      last = try builder.add(ConvolutionLayer(steep), name: name, after: [last])
    }
    let model = try builder.model()
    #expect(
      sentence { _ = try model.explain(Tensor([1, 1]), with: .gradient) }
        == "the map of 'gradient' is not finite, because the model's gradient overflows at this input; "
        + "check the scale of the input")
  }

  @Test func otherShapes() throws {
    let model = try TinyNetwork(rank: 1).model()
    #expect(
      sentence { _ = try model.explain(Tensor([1, 12, 3]), with: .gradient) }
        == "the model takes items of 12x2, but the input has items of 12x3; give data of that shape or another model"
    )
  }

  @Test func classesOfFailure() {
    #expect(ExplanationError.inputNotFinite(index: 0).failureClass == .badData)
    #expect(ExplanationError.notOneItem(found: [2]).failureClass == .badData)
    #expect(ExplanationError.mapNotFinite(method: "a").failureClass == .badData)
    #expect(ExplanationError.baselineShape(expected: [1, 1], found: [1, 2]).failureClass == .badData)
    #expect(ExplanationError.unknownMethod(id: "a", known: []).failureClass == .usage)
    #expect(ExplanationError.noFeatureMaps(method: "a").failureClass == .usage)
    #expect(ExplanationError.model(.noSuchClass(index: 1, classes: 1)).failureClass == .usage)
    #expect(
      ExplanationError.model(.inputDoesNotFit(expected: [1, 1], found: [1, 2])).failureClass == .badData)
  }
}
