import Networks
import TensorCore
import Testing
import Training

@Suite struct OptimizerTests {
  /// The values of one parameter after every step with the same gradient.
  private func values(
    _ optimizer: Optimizer, from start: Float = 1, gradient: Float = 2, steps: Int, rate: Double = 0.1,
    role: Parameter.Role = .kernel
  ) -> [Double] {
    var parameters = [Tensor([1], [start])]
    var state = OptimizerState(for: optimizer, parameters: parameters)
    return (0..<steps).map { _ in
      optimizer.step(
        &parameters, roles: [role], gradients: [Tensor([1], [gradient])], state: &state, rate: rate)
      return Double(parameters[0].values[0])
    }
  }

  private func near(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }
  }

  @Test func plainDescent() {
    // Every step takes 0.1 * 2 off.
    #expect(near(values(.sgd(), steps: 2), [0.8, 0.6]))
  }

  @Test func momentum() {
    // v = -0.2, then 0.5 * -0.2 - 0.2 = -0.3.
    #expect(near(values(.sgd(momentum: 0.5), steps: 2), [0.8, 0.5]))
    // w += 0.5 * v - 0.2: 1 - 0.1 - 0.2, then 0.7 - 0.15 - 0.2.
    #expect(near(values(.sgd(momentum: 0.5, nesterov: true), steps: 2), [0.7, 0.35]))
  }

  @Test func adam() {
    // With a gradient that does not change both moments, corrected, are 2 and 4: every step takes 0.1 off.
    #expect(near(values(.adam(), steps: 3), [0.9, 0.8, 0.7]))
    // m = 0.2 and v = 0.004; sqrt(0.001) / 0.1 * 0.2 / (sqrt(0.004) + 0.1) = 0.387425886.
    #expect(near(values(.adam(epsilon: 0.1), steps: 1), [1 - 0.0387425886]))
  }

  @Test func decayComesBeforeTheStepAndDoesNotPassTheMoments() {
    // 1 - 0.1 * 0.5 * 1, then 0.1 off; 0.85 - 0.05 * 0.85 - 0.1.
    let optimizer = Optimizer.adamW(weightDecay: 0.5)
    #expect(near(values(optimizer, steps: 2), [0.85, 0.7075]))
    #expect(near(values(optimizer, steps: 2, role: .bias), [0.85, 0.7075]))
    let kernels = Optimizer.adamW(weightDecay: 0.5, decaying: .kernels)
    #expect(near(values(kernels, steps: 2), [0.85, 0.7075]))
    #expect(near(values(kernels, steps: 2, role: .bias), [0.9, 0.8]))
  }

  @Test func penaltyCountsKernelsAlone() {
    let parameters = [
      Parameter(name: "kernel", role: .kernel, values: Tensor([2], [3, 4])),
      Parameter(name: "bias", role: .bias, values: Tensor([1], [100])),
    ]
    var gradients = [Tensor([2], [1, 1]), Tensor([1], [1])]
    // 0.1 * (9 + 16); the gradient is 2 * 0.1 * w.
    #expect(abs(Gradients.penalize(0.1, parameters, &gradients) - 2.5) < 1e-12)
    #expect(near(gradients[0].values.map { Double($0) }, [1.6, 1.8]))
    #expect(gradients[1].values == [1])
    #expect(Gradients.penalize(0, parameters, &gradients) == 0)
  }

  @Test func longGradientsAreShortenedTogether() {
    var gradients = [Tensor([2], [3, 0]), Tensor([1], [4])]
    Gradients.clip(&gradients, toNorm: 10)
    #expect(gradients.map(\.values) == [[3, 0], [4]])
    Gradients.clip(&gradients, toNorm: 1)
    #expect(near(gradients.flatMap(\.values).map { Double($0) }, [0.6, 0, 0.8]))
  }

  @Test func averageOfSteps() {
    var average = WeightAverage([Tensor([1], [7])])
    average.update(with: [Tensor([1], [1])], momentum: 0)
    #expect(average.arrays[0].values == [1])
    average.update(with: [Tensor([1], [3])], momentum: 0.75)
    #expect(average.arrays[0].values == [1.5])
  }

  @Test func largeArraysAreChangedElementByElementOnAnyNumberOfThreads() {
    let count = 200_001
    let start = Tensor([count], (0..<count).map { Float($0 % 97) })
    let gradient = Tensor([count], (0..<count).map { Float($0 % 31) - 15 })
    for optimizer in [Optimizer.sgd(), .sgd(momentum: 0.5), .adam()] {
      var parameters = [start]
      var state = OptimizerState(for: optimizer, parameters: parameters)
      optimizer.step(&parameters, roles: [.kernel], gradients: [gradient], state: &state, rate: 0.1)
      let found = parameters[0].values
      for index in [0, 65_535, 65_536, 131_072, 200_000] {
        let alone = values(
          optimizer, from: Float(index % 97), gradient: Float(index % 31) - 15, steps: 1)[0]
        #expect(Double(found[index]) == alone)
      }
    }
  }
}
