import Networks
import TensorCore

extension LIME.Hidden {
  /// What a user asked for.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that is not one of these.
  init(settings: MethodSettings) throws(ExplanationError) {
    let name = settings.values["baseline"] ?? Self.segmentMeanName
    guard settings.baseline != nil || name == Self.segmentMeanName || Baseline.names.contains(name) else {
      throw settings.bad("baseline", expected: Self.names)
    }
    var settings = settings
    if name == Self.segmentMeanName { settings.values["baseline"] = nil }
    let baseline = try Baseline(settings: settings, samples: 1)
    let isMean = settings.baseline == nil && name == Self.segmentMeanName
    self = isMean ? .segmentMean : .baseline(baseline)
  }

  /// The resolved parameters, with the seed of the method.
  func parameters(seed: UInt32) -> [Attribution.Parameter] {
    switch self {
    case .segmentMean: [.init("baseline", Self.segmentMeanName), .init("seed", "\(seed)")]
    case .baseline(let baseline): Hiding.parameters(of: baseline, seed: seed)
    }
  }

  /// The model that sees an input with segments hidden.
  func masked(
    _ model: Model, at input: Tensor, for target: Target, _ segments: Segments
  ) throws(ExplanationError) -> MaskedModel {
    switch self {
    case .segmentMean:
      return try MaskedModel(model, at: input, for: target, hidingWith: .zero)
        .hiding(with: segments.means(of: input))
    case .baseline(let baseline):
      return try MaskedModel(model, at: input, for: target, hidingWith: baseline)
    }
  }
}

extension LeastSquares.Solution {
  /// The standard error of every coefficient.
  var standardErrors: [Double]? {
    covariances.map { covariances in
      coefficients.indices.map { max(covariances[$0 * coefficients.count + $0], 0).squareRoot() }
    }
  }
}
