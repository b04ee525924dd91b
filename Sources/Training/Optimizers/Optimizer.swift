/// How the parameters of a model follow their gradients.
///
/// All formulas are those of Keras 3, with rate `r`, gradient `g`, parameter `w`, step `t` counted from 1 and everything that is
/// remembered starting at zero. Numbers are stored and computed in 32 bits, each parameter for itself.
///
/// Checked against: Keras 3.
public enum Optimizer: Sendable, Hashable {
  /// Stochastic gradient descent, with momentum where `momentum` is above zero.
  ///
  ///     plain:    w -= r * g
  ///     momentum: v = momentum * v - r * g;  w += v
  ///     Nesterov: v = momentum * v - r * g;  w += momentum * v - r * g
  ///
  /// `momentum` is 0 up to below 1. B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; Y. Nesterov, "A
  /// method for solving the convex programming problem with convergence rate O(1/k^2)", 1983.
  case sgd(momentum: Double = 0, nesterov: Bool = false)
  /// Steps that are divided by the root of the mean squared gradient.
  ///
  ///     m += (1 - beta1) * (g - m);  v += (1 - beta2) * (g^2 - v)
  ///     w -= r * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
  ///
  /// `beta1` and `beta2` are 0 up to below 1, `epsilon` is positive. D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR
  /// 2015; the correction of `m` and `v` is drawn into the rate, before epsilon is added, as Keras does.
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
  /// Adam after a decay of the parameters that does not pass through the moments.
  ///
  ///     w -= r * weightDecay * w;  then as Adam
  ///
  /// `weightDecay` is not negative. I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019. Keras lets all parameters
  /// decay, biases too.
  case adamW(
    weightDecay: Double = 0.004, decaying: Decaying = .all, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-7)

  /// Which parameters decay.
  public enum Decaying: String, Sendable, CaseIterable {
    /// All of them.
    case all
    /// The kernels of convolutions and dense layers.
    case kernels
  }

  /// The name of the optimizer, the same wherever optimizers are named.
  public var id: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    case .adamW: "adamw"
    }
  }

  /// How many numbers are remembered for every parameter.
  var momentCount: Int {
    switch self {
    case .sgd(let momentum, _): momentum > 0 ? 1 : 0
    case .adam, .adamW: 2
    }
  }

  /// Checks the settings.
  func check() throws(TrainingError) {
    func require(_ holds: Bool, _ name: String, _ value: Double, _ expected: String) throws(TrainingError) {
      guard holds else { throw .badSetting(name: "\(id).\(name)", value: "\(value)", expected: expected) }
    }
    func requireShare(_ name: String, _ value: Double) throws(TrainingError) {
      try require(value >= 0 && value < 1, name, value, "a number from 0 up to below 1")
    }
    switch self {
    case .sgd(let momentum, _): try requireShare("momentum", momentum)
    case .adam(let beta1, let beta2, let epsilon), .adamW(_, _, let beta1, let beta2, let epsilon):
      try requireShare("beta1", beta1)
      try requireShare("beta2", beta2)
      try require(epsilon > 0 && epsilon.isFinite, "epsilon", epsilon, "a positive number")
    }
    if case .adamW(let decay, _, _, _, _) = self {
      try require(decay >= 0 && decay.isFinite, "weight-decay", decay, "a number from 0 on")
    }
  }
}
