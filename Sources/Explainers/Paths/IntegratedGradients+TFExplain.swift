import Networks
import TensorCore

// The variants of tf-explain.
extension IntegratedGradients {
  /// The absolute mean gradient at points from the baseline to the input, both included, summed over channels; as an image where the
  /// variant asks for one.
  func absoluteMeanGradient(
    at input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let decision = try model.decision(on: input, for: target)
    let baselines = try baseline.tensors(for: input)
    let steps = if case .steps(let steps, _) = integration { steps } else { 10 }
    let nodes = (0..<steps).map {
      PathRule.Node(
        position: Double($0) / Double(max(steps - 1, 1)), weight: 1 / Double(steps * baselines.count))
    }
    var mean = [Double](repeating: 0, count: input.count)
    for start in baselines {
      let path = StraightPath(from: start, to: input)
      let part = try path.integrateGradient(of: decision.target, model, over: nodes)
      for index in mean.indices { mean[index] += part[index] }
    }
    let magnitudes = Tensor(input.shape, mean.map { Float(abs($0)) }).overChannels(.sum)
    var attribution = Attribution(
      image(of: magnitudes), explaining: input, decision: decision, by: Self.info,
      parameters: [.init("variant", variant.rawValue), .init("steps", "\(steps)")] + baseline.parameters,
      passes: 1 + steps * baselines.count)
    attribution.preset = .nonNegative
    return attribution
  }

  /// The map as the variant shows it: standardised to 8 bits where it asks for that.
  ///
  /// Deviations below one divided by the square root of the number of values count as that, as in TensorFlow's `per_image_standardization`.
  private func image(of magnitudes: Tensor) -> Tensor {
    // What is not a number has no level: it is left for the check of the finished map.
    guard variant != .tfExplain, magnitudes.indexOfFirstNonFinite == nil else { return magnitudes }
    let values = magnitudes.values.map(Double.init)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let deviation = max(variance.squareRoot(), 1 / count.squareRoot())
    let levels = values.map { Int(255 * ($0 - mean) / deviation) }
    return Tensor(
      magnitudes.shape,
      levels.map { Float(variant == .tfExplainUInt8Wrapped ? $0 & 255 : min(max($0, 0), 255)) })
  }
}
