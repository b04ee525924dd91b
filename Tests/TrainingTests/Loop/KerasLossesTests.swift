import Networks
import TensorCore
import TestSupport
import Testing
import Training

/// Fifty steps of training beside Keras, from the same weights and with the same items in every step.
@Suite struct KerasLossesTests {
  /// One case of `Scripts/make-training-losses.py`.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var settings = TrainingSettings()
    var testDescription: String { name }

    init(
      _ name: String, _ optimizer: Optimizer, rate: Double,
      _ more: (inout TrainingSettings) -> Void = { _ in }
    ) {
      self.name = name
      settings.optimizer = optimizer
      settings.learningRate = rate
      more(&settings)
    }
  }

  static let simple: [Case] = ["signal", "image"].flatMap { network in
    [
      Case("\(network)/sgd", .sgd(), rate: 0.05),
      Case("\(network)/momentum", .sgd(momentum: 0.9), rate: 0.02),
      Case("\(network)/nesterov", .sgd(momentum: 0.9, nesterov: true), rate: 0.02),
      Case("\(network)/adam", .adam(), rate: 3e-3),
      Case("\(network)/adamw", .adamW(weightDecay: 0.1), rate: 3e-3),
    ]
  }

  static let special: [Case] = [
    Case("signal/adam-other-betas", .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), rate: 3e-3),
    Case("signal/adamw-kernels", .adamW(weightDecay: 0.5, decaying: .kernels), rate: 3e-3),
    Case("signal/clipped", .sgd(), rate: 0.05) { $0.largestGradientNorm = 0.2 },
    Case("signal/l2", .sgd(), rate: 0.05) { $0.l2 = 0.01 },
    Case("signal/label-smoothing", .sgd(), rate: 0.05) {
      $0.loss = .categoricalCrossEntropy(labelSmoothing: 0.1)
    },
    Case("signal/class-weights", .sgd(), rate: 0.05) { $0.classWeights = .given([0.5, 1, 3]) },
    Case("signal/mean-squared-error", .sgd(), rate: 0.5) { $0.loss = .meanSquaredError },
    Case("signal/ema", .sgd(), rate: 0.05) { $0.averaging = 0.9 },
    Case("signal/exponential", .sgd(), rate: 0.1) { $0.schedule = .exponential(epochs: 2, factor: 0.5) },
    Case("signal/recipe", .adamW(weightDecay: 2e-2), rate: 4e-3) {
      $0.loss = .categoricalCrossEntropy(labelSmoothing: 0.05)
      $0.schedule = .cosine(warmUp: 2, over: 10)
      $0.averaging = 0.9
      $0.l2 = 1e-3
    },
    Case("binary/sgd", .sgd(), rate: 0.05) { $0.loss = .binaryCrossEntropy() },
    Case("binary/label-smoothing", .sgd(), rate: 0.05) { $0.loss = .binaryCrossEntropy(labelSmoothing: 0.2) },
  ]

  @Test(arguments: simple + special)
  func fiftyStepsFollowThoseOfKeras(_ item: Case) throws {
    let answers = try Resource.answers()
    let network = String(item.name.prefix { $0 != "/" })
    var settings = item.settings
    settings.epochs = 13
    settings.batchSize = 16
    settings.seed = 7
    let labels = try answers.integers("labels")
    let isBinary = network == "binary"
    let data = try TensorData(
      answers.tensor("data/\(isBinary ? "signal" : network)"),
      labels: isBinary ? labels.map { $0 % 2 } : labels)
    let trainer = try Trainer(settings, training: data)
    var state = try trainer.start(from: Resource.model(network))
    var losses: [Double] = []
    var sum = 0.0
    try trainer.run(&state, isCancelled: { losses.count == 50 }) { report in
      if report.step == 1 { sum = 0 }
      let items = Double(min(report.step * 16, 50))
      losses.append((report.score.loss * items - sum) / Double(report.step == 4 ? 2 : 16))
      sum = report.score.loss * items
    }
    let expected = try answers.doubles("cases/\(item.name)/losses")
    #expect(losses.count == 50 && expected.count == 50)
    let worst = zip(losses, expected).map { abs($0 - $1) / $1 }.max() ?? .infinity
    #expect(worst < 2e-5, "the losses are \(worst) off")
    let weights = try answers.doubles("cases/\(item.name)/weights")
    let found = numbers(of: trainer.result(of: state))
    #expect(found.count == weights.count)
    let largest = weights.map(abs).max() ?? 0
    let furthest = zip(found, weights).map { abs(Double($0) - $1) / largest }.max() ?? .infinity
    #expect(furthest < 2e-5, "the weights are \(furthest) off")
  }
}
