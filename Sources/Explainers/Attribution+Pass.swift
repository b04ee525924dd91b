import Networks
import TensorCore

extension Attribution {
  /// The explanation that a method found in a pass of one item.
  ///
  /// The completeness gap is the map's sum minus the difference of the scores, for methods that give a baseline's score.
  init(
    _ map: Tensor, explaining input: Tensor, pass: Pass, in space: ScoreSpace, by info: MethodInfo,
    baselineScore: Double? = nil, parameters: [Parameter] = []
  ) {
    let score = pass.scores[0]
    self.init(
      map: map, input: input, output: pass.output, target: pass.targets[0], scoreSpace: space, score: score,
      baselineScore: baselineScore, completenessGap: baselineScore.map { map.sum - (score - $0) },
      method: info.id, parameters: parameters, preset: info.preset)
  }
}
