import Networks
import TensorCore

extension LIME.Hidden {
  /// What a user asked for.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that is not one of these.
  init(settings: MethodSettings) throws(ExplanationError) {
    let name = settings.values["baseline"] ?? Segmentation.automaticName
    let own: [String: LIME.Hidden] = [
      Self.segmentMeanName: .segmentMean, Segmentation.automaticName: .automatic,
    ]
    guard settings.baseline != nil || own[name] != nil || Baseline.names.contains(name) else {
      throw settings.bad("baseline", expected: Self.names)
    }
    var settings = settings
    if own[name] != nil { settings.values["baseline"] = nil }
    let baseline = try Baseline(settings: settings, samples: 1)
    self = settings.baseline == nil ? own[name] ?? .baseline(baseline) : .baseline(baseline)
  }

  /// What hides parts of an input with given extents; never `automatic`.
  func resolved(for extents: [Int]) -> LIME.Hidden {
    guard case .automatic = self else { return self }
    return extents.count { $0 > 1 } > 1 ? .segmentMean : .baseline(.mean)
  }

  /// The resolved parameters, with the seed of the method.
  func parameters(seed: UInt32) -> [Attribution.Parameter] {
    switch self {
    case .segmentMean, .automatic: [.init("baseline", Self.segmentMeanName), .init("seed", "\(seed)")]
    case .baseline(let baseline): Hiding.parameters(of: baseline, seed: seed)
    }
  }

  /// The model that sees an input with segments hidden.
  func masked(
    _ model: Model, at input: Tensor, for target: Target, _ segments: Segments
  ) throws(ExplanationError) -> MaskedModel {
    switch self {
    case .segmentMean, .automatic:
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
