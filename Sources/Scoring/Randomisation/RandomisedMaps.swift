import Explainers
import Networks
import TensorCore

extension ScoredExplanation {
  /// What a map with some layers drawn anew is kept under.
  private struct RandomisedLayers: Hashable {
    var layers: Set<String>
  }

  /// The map of the same class by the model with some layers drawn anew from this explanation's seed, one value for every position.
  ///
  /// Metrics that ask for the same layers take the same explanation.
  ///
  /// - Parameter layers: The names of the layers.
  /// - Returns: The values.
  /// - Throws: `ScoringError.explanation` when a layer cannot be drawn anew, or the model then not be explained.
  func values(drawingAnew layers: Set<String>) throws(ScoringError) -> [Double] {
    try results.result(RandomisedLayers(layers: layers)) { () throws(ScoringError) in
      values(of: try again(by: randomised(layers)).map)
    }
  }

  /// The model with some layers drawn anew from this explanation's seed.
  func randomised(_ layers: Set<String>) throws(ScoringError) -> Model {
    do throws(ModelError) {
      return try model.reinitialized(layers, seed: seed)
    } catch {
      throw .explanation(.model(error))
    }
  }

  /// The mean of the maps of noisy copies of the input, by the model with some layers drawn anew.
  ///
  /// Every model sees the same noise: sample after sample one number of the normal distribution for every value of the input, in the order
  /// of memory, from `RandomState(seed)`. The last sample has none.
  ///
  /// - Parameters:
  ///   - samples: The number of copies.
  ///   - deviation: The standard deviation of the noise, in the units of the input.
  ///   - layers: The names of the layers that are drawn anew.
  /// - Returns: The mean, one value for every position.
  /// - Throws: `ScoringError.explanation` when a copy cannot be explained.
  func smoothValues(
    samples: Int, deviation: Double, drawingAnew layers: Set<String>
  ) throws(ScoringError) -> [Double] {
    let model = try randomised(layers)
    let start: (model: Model, input: Tensor)
    do throws(ModelError) {
      start = try model.fromEmbedding(of: attribution.input) ?? (model, attribution.input)
    } catch {
      throw .explanation(.model(error))
    }
    let input = start.input.values
    var random = NumPyLegacyRandom(seed: seed)
    var sums = [Double](repeating: 0, count: positions)
    for sample in 0..<samples {
      let copy =
        sample == samples - 1
        ? input : input.map { Float(Double($0) + deviation * random.standardNormal()) }
      let map = try WorkProgress.stages(sample..<(sample + 1), of: samples) { () throws(ScoringError) in
        try values(at: Tensor(start.input.shape, copy), by: start.model)
      }
      for position in map.indices { sums[position] += map[position] }
    }
    return sums.map { $0 / Double(samples) }
  }

  /// No value, because there is nothing to draw anew.
  static let untrained = MetricScore.undefined("the score depends on no trained layer")
}
