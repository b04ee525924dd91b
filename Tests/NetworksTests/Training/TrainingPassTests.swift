import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct TrainingPassTests {
  /// The loss `sum(weights * value)` with its cotangent, in 64 bits.
  private func weighted(_ weights: Tensor) -> (Tensor) -> (loss: Double, cotangent: Tensor) {
    { value in ((value * weights).sum, weights) }
  }

  /// The gradients of a tiny network agree with differences of the loss along random directions.
  @Test(arguments: 1...3) func agreesWithDifferences(rank: Int) throws {
    var network = TinyNetwork(rank: rank)
    network.activation = .elu(alpha: 1)
    let model = try network.model()
    let input = Tensor(model.inputShape.with(batch: 4), seed: 3)
    let loss = weighted(Tensor([4, 3], seed: 4))
    let trained = Set(model.trainableNodes)
    let pass = try model.trainingPass([input], seed: 0, training: trained, loss: loss)
    #expect(try pass.value == model.values(of: [model.head.logits], at: [input])[0])
    for id in model.trainableNodes {
      let layer = try #require(model.nodes[id].layer as? any TrainableLayer)
      let gradients = try #require(pass.gradients[id])
      for (index, parameter) in layer.parameters.enumerated() {
        let direction = Tensor(parameter.values.shape, seed: UInt32(10 + index))
        func moved(_ step: Float) throws -> Double {
          var position = 0
          let other = try layer.replacingParameters { old in
            defer { position += 1 }
            return position == index ? old + direction * step : old
          }
          let model = model.replacing([id: other])
          return try model.trainingPass([input], seed: 0, training: [], loss: loss).loss
        }
        let step: Float = 1.0 / 64
        let difference = try (moved(step) - moved(-step)) / Double(2 * step)
        let derivative = (gradients[index] * direction).sum
        let bound = 2e-3 * max(1, abs(difference))
        #expect(abs(difference - derivative) < bound, "\(parameter.name) of node \(id)")
      }
    }
  }
}
