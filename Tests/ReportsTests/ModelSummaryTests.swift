import Foundation
import Networks
import Reports
import TensorCore
import TestSupport
import Testing

@Suite struct ModelSummaryTests {
  /// A signal of 8 samples: a convolution of 3 taps, means of pairs, flattened.
  private func chain() throws -> Model {
    var builder = ModelBuilder(name: "chain")
    let input = try builder.add(InputLayer(shape: [1, 8, 1]), name: "in", layerClass: "InputLayer")
    let window = Window(kernel: [3], padding: .same)
    let convolution = ConvolutionLayer(try Convolution(weights: Tensor([3, 1, 2]), window: window))
    let conv = try builder.add(convolution, name: "conv", layerClass: "Conv", after: [input])
    let pairs = Pooling(.average, over: Window(kernel: [2], stride: [2]))
    let pool = try builder.add(PoolingLayer(pairs), name: "pool", layerClass: "Pool", after: [conv])
    try builder.add(FlattenLayer(), name: "flat", layerClass: "Flatten", after: [pool])
    return try builder.model()
  }

  @Test func theTableOfAChain() throws {
    let summary = ModelSummary(of: try chain(), notes: ["left out"])
    #expect(summary.columns == ["layer", "class", "output", "parameters", "receptive field"])
    #expect(
      summary.rows == [
        ["in", "InputLayer", "8x1", "0", "1 / 1"], ["conv", "Conv", "8x2", "6", "3 / 1"],
        ["pool", "Pool", "4x2", "0", "4 / 2"], ["flat", "Flatten", "8", "0", "all"],
      ])
    #expect(summary.facts.last?.value == "left out")
    #expect(summary.facts.contains { $0 == ("Grad-CAM layer", "conv") })
  }

  @Test func theJSONHasSortedKeys() throws {
    let summary = ModelSummary(of: try chain(), notes: ["left out"])
    let text = String(decoding: try summary.json(), as: UTF8.self)
    let start = text.components(separatedBy: "\"layers\"")[0]
    #expect(
      start == """
        {
          "activationBytes" : 160,
          "classes" : 8,
          "gradCAMBytes" : 224,
          "gradCAMLayer" : "conv",
          "inputs" : [
            {
              "name" : "in",
              "shape" : [
                8,
                1
              ]
            }
          ],
          "integratedGradientsBytes" : \(summary.integratedGradientsBytes),

        """ + "  ")
    #expect(
      text.contains(
        """
            {
              "class" : "Pool",
              "isShared" : false,
              "name" : "pool",
              "outputShape" : [
                4,
                2
              ],
              "parameters" : 0,
              "reads" : [
                "conv"
              ],
              "receptiveFields" : [
                {
                  "axes" : [
                    {
                      "size" : 4,
                      "stride" : 2
                    }
                  ],
                  "input" : "in"
                }
              ]
            }
        """))
    #expect(try JSONDecoder().decode(ModelSummary.self, from: summary.json()) == summary)
  }

  @Test func branchesSharedWeightsAndSeveralInputsAreShown() throws {
    var builder = ModelBuilder(name: "branches")
    let signal = try builder.add(InputLayer(shape: [1, 6, 1]), name: "signal", layerClass: "InputLayer")
    let facts = try builder.add(InputLayer(shape: [1, 6]), name: "facts", layerClass: "InputLayer")
    let dense = ConvolutionLayer(try Convolution(weights: Tensor([6, 3]), window: Window(kernel: [])))
    let flat = try builder.add(FlattenLayer(), name: "flat", layerClass: "Flatten", after: [signal])
    let first = try builder.add(dense, name: "dense", layerClass: "Dense", after: [flat])
    let second = try builder.add(
      dense, name: "dense/2", layerClass: "Dense", isShared: true, after: [facts])
    try builder.add(MergeLayer(.add), name: "sum", layerClass: "Add", after: [first, second])
    let summary = ModelSummary(of: try builder.model())
    #expect(summary.columns.last == "reads")
    #expect(summary.rows[0] == ["signal", "InputLayer", "6x1", "0", "signal 1 / 1", ""])
    #expect(summary.rows[4] == ["dense/2", "Dense", "3", "shared", "", "facts"])
    #expect(summary.rows[5] == ["sum", "Add", "3", "0", "signal all", "dense, dense/2"])
    #expect(summary.facts[1] == ("Input", "signal 6x1, facts 6"))
    #expect(summary.gradCAMLayer == nil && summary.gradCAMBytes == nil)
  }
}
