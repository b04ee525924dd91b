import Networks
import TensorCore

/// A layer as a recipe describes it.
package struct RecipeLayer: Sendable {
  /// What it computes.
  package enum Kind: Sendable, Equatable {
    case convolution(Taps, filters: Int, groups: Int)
    case depthwise(Taps, multiplier: Int)
    case separable(Taps, filters: Int, multiplier: Int)
    case transposed(Taps, filters: Int)
    case dense(units: Int)
    case pooling(Pooling.Kind, Taps)
    case globalPooling(Pooling.Kind)
    case batchNormalization(momentum: Double, epsilon: Double)
    case dropout(rate: Double, wholeChannels: Bool)
    case noise(deviation: Double)
    case activation
    case flatten
  }

  /// A window: one number for all spatial axes, or one for each.
  package struct Taps: Sendable, Equatable {
    var kernel: [Int]
    var stride: [Int]
    var dilation: [Int] = [1]
    var padding: Padding
  }

  /// The name in the recipe, such as `convolution`.
  package let id: String
  /// What it computes.
  package let kind: Kind
  /// The name in the model; chosen by its kind and number when `nil`.
  package let name: String?
  /// The function behind it.
  package let activation: RecipeActivation
  /// Whether it has a bias.
  package let hasBias: Bool
  /// Where it stands.
  package let place: RecipePlace
}

extension RecipeLayer: Equatable {
  /// Whether two layers are the same, wherever they stand.
  package static func == (left: RecipeLayer, right: RecipeLayer) -> Bool {
    left.id == right.id && left.kind == right.kind && left.name == right.name
      && left.activation == right.activation && left.hasBias == right.hasBias
  }
}

/// The function behind a layer of a recipe.
package enum RecipeActivation: String, Sendable, CaseIterable {
  case linear, relu, elu, selu, sigmoid, tanh, softplus, silu, gelu, softmax

  /// The operation; none for `linear`.
  var layer: (any Layer)? {
    switch self {
    case .linear: nil
    case .relu: ActivationLayer(.relu())
    case .elu: ActivationLayer(.elu(alpha: 1))
    case .selu: ActivationLayer(.selu)
    case .sigmoid: ActivationLayer(.sigmoid)
    case .tanh: ActivationLayer(.tanh)
    case .softplus: ActivationLayer(.softplus)
    case .silu: ActivationLayer(.silu)
    case .gelu: ActivationLayer(.gelu(approximate: false))
    case .softmax: SoftmaxLayer()
    }
  }

  /// The names in recipes.
  static let names = allCases.map(\.rawValue)
}
