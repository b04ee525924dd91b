import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

/// What a method needs of a model is checked as it is when the model is explained.
@Suite struct NeedsTests {
  /// Models that lack something, each with an input.
  private func models() throws -> [(name: String, model: Model, input: Tensor)] {
    var global = TinyNetwork(rank: 2)
    global.endsInGlobalMean = true
    let plain = TinyNetwork(rank: 1)
    return [
      ("flattened", try plain.model(), plain.input()), ("global mean", try global.model(), global.input()),
      try chain("dense", [FlattenLayer()]), try chain("sparsemax", [SparsemaxLayer(), FlattenLayer()]),
    ]
  }

  /// Layers behind an input and before a dense layer of two classes.
  private func chain(_ name: String, _ layers: [any Layer]) throws -> (String, Model, Tensor) {
    var builder = ModelBuilder(name: name)
    var last = try builder.add(InputLayer(shape: [1, 6, 2]), name: "input")
    for (index, layer) in layers.enumerated() {
      last = try builder.add(layer, name: "layer-\(index)", after: [last])
    }
    let dense = try Convolution(
      weights: Tensor([12, 2], seed: 1), bias: Tensor([2], [0, 0]), window: Window(kernel: []))
    last = try builder.add(ConvolutionLayer(dense), name: "dense", after: [last])
    last = try builder.add(SoftmaxLayer(), name: "softmax", after: [last])
    return (name, try builder.model(), Tensor([1, 6, 2], seed: 3))
  }

  private func error(_ body: () throws(ExplanationError) -> Void) -> ExplanationError? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: MethodCatalog.methods.map(\.id))
  func modelsAreRefusedBeforeTheyAreExplainedAsThen(id: String) throws {
    let method = try #require(MethodCase.all.first { $0.id == id }).method()
    for (name, model, input) in try models() {
      let before = error { () throws(ExplanationError) in try model.check(method, for: input) }
      let then = error { () throws(ExplanationError) in _ = try model.explain(input, with: method) }
      #expect(before == then, "\(name)")
    }
  }

  @Test func theModelsLackSomethingForManyMethods() throws {
    var refusals: [String: Int] = [:]
    for (name, model, input) in try models() {
      for method in try MethodCatalog.methods.map({ try MethodCatalog.method($0.id) }) {
        let found = error { () throws(ExplanationError) in try model.check(method, for: input) }
        refusals[name, default: 0] += found == nil ? 0 : 1
      }
    }
    // CAM alone; nothing; CAM, ten methods on feature maps, SISE, Ada-SISE, Grad-CAM x LRP and Consensus; and DeepLIFT and LRP.
    #expect(refusals == ["flattened": 1, "global mean": 0, "dense": 15, "sparsemax": 17])
  }
}
