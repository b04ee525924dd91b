import Networks
import TensorCore
import TestSupport
import Testing
import Training

@Suite struct HeadTests {
  @Test func theLastDenseLayerIsReplacedAndNothingElse() throws {
    let model = try SmallProblem.network()
    let other = try model.replacingHead(classes: 7, seed: 3)
    #expect(other.outputShape == [1, 7])
    #expect(other.head.normalizer == .softmax && other.head.classes == 7)
    #expect(other.nodes.map(\.name) == model.nodes.map(\.name))
    for name in ["conv", "norm"] {
      #expect(other.parameters(ofLayer: name) == model.parameters(ofLayer: name))
    }
    let dense = other.parameters(ofLayer: "dense")
    #expect(dense.map(\.count) == [60 * 7, 7])
    #expect(dense[1].allSatisfy { $0 == 0 })
    // sqrt(6 / (60 + 7)) = 0.29925; the mean square of a uniform number is a third of the limit's square.
    #expect(dense[0].allSatisfy { abs($0) <= 0.29926 })
    let square = dense[0].reduce(0) { $0 + $1 * $1 } / Float(dense[0].count)
    #expect(abs(square / (6.0 / 67 / 3) - 1) < 0.2)
    let again = try model.replacingHead(classes: 7, seed: 3)
    #expect(again.parameters(ofLayer: "dense") == dense)
    #expect(try model.replacingHead(classes: 7, seed: 4).parameters(ofLayer: "dense") != dense)
  }

  @Test func aReplacedHeadIsTrained() throws {
    let model = try SmallProblem.network(classes: 9).replacingHead(classes: 3)
    var settings = TrainingSettings()
    settings.frozen = try model.frozenNodes(until: "dropout")
    settings.epochs = 3
    let trainer = try Trainer(settings, training: SmallProblem.signals())
    var state = try trainer.start(from: model)
    try trainer.run(&state)
    #expect(state.model.parameters(ofLayer: "dense") != model.parameters(ofLayer: "dense"))
    #expect(state.model.parameters(ofLayer: "conv") == model.parameters(ofLayer: "conv"))
  }

  @Test func layersUpToOneAreFrozen() throws {
    let model = try SmallProblem.network()
    #expect(try model.frozenNodes(until: "relu") == [0, 1, 2, 3])
    #expect(sentence { _ = try model.frozenNodes(until: "x") }.hasPrefix("the model has no layer 'x'"))
  }

  @Test func modelsWithoutADenseEndAreRefused() throws {
    var builder = ModelBuilder(name: "convolutional")
    let input = try builder.add(InputLayer(shape: [1, 4, 2]), name: "input")
    let convolution = try Convolution(weights: Tensor([4, 2, 3], seed: 1), window: Window(kernel: [4]))
    let maps = try builder.add(ConvolutionLayer(convolution), name: "maps", after: [input])
    let flat = try builder.add(FlattenLayer(), name: "flatten", after: [maps])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [flat])
    let model = try builder.model()
    #expect(
      sentence { _ = try model.replacingHead(classes: 2) }
        == "the model's head cannot be replaced, because layer 'maps' is no dense layer; name a model that ends in a "
        + "dense layer")
    #expect(
      sentence { _ = try SmallProblem.line().replacingHead(classes: 0) }
        == "'0' is not a value for the number of classes, which should be from 1 to 1073741824")
  }
}
