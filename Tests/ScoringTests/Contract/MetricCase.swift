import Explainers
import Networks
import Scoring
import TensorCore
import TestSupport
import Testing

/// A metric of the catalogue with settings: the defaults, or one parameter set to a value of its own.
struct MetricCase: CustomTestStringConvertible, Sendable {
  var id: String
  var values: [String: String]

  var testDescription: String {
    ([id] + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
  }

  func metric() throws -> any AttributionMetric {
    try MetricCatalog.metric(id, settings: MetricSettings(metric: id, values: values))
  }

  /// Every metric that judges explanations on their own, with its defaults and with every value of `samples`.
  static let items: [MetricCase] = MetricCatalog.entries.filter { $0 is any ItemMetric.Type }.flatMap {
    entry in
    let few = few[entry.info.id] ?? [:]
    return [MetricCase(id: entry.info.id, values: few)]
      + entry.info.parameters.flatMap { parameter in
        (samples["\(entry.info.id).\(parameter.name)"] ?? samples[parameter.name] ?? []).map {
          MetricCase(id: entry.info.id, values: few.merging($0) { _, given in given })
        }
      }
  }

  /// Settings that keep metrics of many repetitions short: the laws hold for any number.
  private static let few: [String: [String: String]] = [
    "faithfulness-correlation": ["runs": "20"],
    "faithfulness-estimate": ["step": "10"],
    "pixel-flipping": ["step": "10"],
    "monotonicity": ["step": "10"],
    "monotonicity-correlation": ["samples": "3", "step": "10"],
    "infidelity": ["samples": "20"],
    "road": ["steps": "3"],
  ]

  /// Settings to try for every parameter, as `parameter` or as `metric.parameter`.
  private static let samples: [String: [[String: String]]] = [
    "fraction": [["fraction": "0"], ["fraction": "0.5"]],
    "variant": KeptEvidence.Variant.allCases.map { ["variant": $0.rawValue] },
    "form": MapForm.allCases.map { ["form": $0.rawValue] },
    "space": [["space": "logit"]],
    "precision": [["precision": "float64"]],
    "baseline": RemovalCurve.Fill.allCases.map { ["baseline": $0.rawValue] },
    "step": [["step": "5"]],
    "tolerance": [["tolerance": "2"]],
    "energy-pointing-game.form": [["form": "absolute"]],
    "relevance-mass.form": [["form": "absolute"]],
    "attribution-localisation.form": [["form": "absolute"]],
    "binarisation": IntersectionOverUnion.Binarisation.allCases.map { ["binarisation": $0.rawValue] },
    "iou.threshold": [["threshold": "0.5"]],
    "iou.fraction": [["binarisation": "top", "fraction": "0.5"]],
    "largest-region": [["largest-region": "true"]],
    "box": [["box": "true"], ["box": "true", "largest-region": "true"]],
    "k": [["k": "4"]],
    "weighted": [["weighted": "true"]],
    "runs": [["runs": "7"]],
    "size": [["size": "2"]],
    "faithfulness-correlation.space": [["space": "probability"]],
    "window": [["window": "2"]],
    "regions": [["regions": "2"]],
    "region-perturbation.variant": [["variant": "between"]],
    "monotonicity.variant": [["variant": "share"]],
    "monotonicity-correlation.samples": [["samples": "5"]],
    "segmentation": [["segmentation": "equal"], ["segmentation": "regions"]],
    "segments": [["segments": "4"]],
    "perturbation": [["perturbation": "noise"], ["perturbation": "noise", "scaling": "false"]],
    "infidelity.noise": [["noise": "0.1", "perturbation": "noise"]],
    "infidelity.samples": [["samples": "3"]],
    "scaling": [["scaling": "false"]],
    "order": ROAD.Order.allCases.map { ["order": $0.rawValue] },
    "road.steps": [["steps": "1"]],
    "road.noise": [["noise": "0"]],
  ]
}

/// An explanation of a small network with any number of spatial axes.
struct JudgedNetwork {
  var network: TinyNetwork
  var method: any Explainer = IntegratedGradients()

  init(rank: Int) { network = TinyNetwork(rank: rank) }

  /// The explanation, with half of the positions as its evidence, and with what a test makes of its map.
  func explanation(changing: (Tensor) -> Tensor = { $0 }, seed: UInt32 = 3) throws -> ScoredExplanation {
    let model = try network.model()
    var attribution = try model.explain(network.input(), with: method)
    attribution.map = changing(attribution.map)
    let shape = network.inputShape.with(channels: 1)
    let evidence = Tensor(shape, (0..<shape.count).map { $0 < shape.count / 2 ? 1 : 0 })
    return try ScoredExplanation(attribution, by: method, of: model, evidence: evidence, seed: seed)
  }
}
