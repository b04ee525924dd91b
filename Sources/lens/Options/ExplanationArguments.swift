import ArgumentParser
import Foundation
import SignalLens

/// What is explained and how, shared by all commands that explain.
struct ExplanationArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The class to explain: the predicted one, the item's label or a number.", valueName: "top|label|n"))
  var target = "top"

  @Option(
    help: ArgumentHelp(
      "A class to contrast it with: what is explained is then the difference of the two scores.",
      valueName: "n")
  )
  var versus: Int?

  @Option(help: "The space of the score.")
  var score: ScoreSpace = .logit

  @Option(
    help:
      "The layer for methods that use feature maps, or several with commas; the last convolution by default."
  )
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "Steps along a path (default: the exact integral where there is one, else 50).", valueName: "n"))
  var steps: String?

  @Option(
    help: ArgumentHelp(
      "How an integral along a path becomes a sum: \(PathRule.allCases.map(\.rawValue).joined(separator: ", ")), exact or auto.",
      valueName: "rule"))
  var rule: String?

  @Option(
    help: ArgumentHelp(
      "Refines a path until the completeness gap is at most this share of the score's difference.",
      valueName: "share"))
  var tolerance: String?

  @Option(
    help: ArgumentHelp(
      "What the input is compared with: zero, mean, blur, noise or a file.", valueName: "baseline"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "What 'expected-gradients' compares the input with: noise, zero, mean, blur or a file of items.",
      valueName: "background"))
  var background: String?

  @Option(
    help: ArgumentHelp(
      "Which positions of a map make the regions of regions.csv: 'top 20%', otsu, 'threshold 0.5', or none.",
      valueName: "rule"))
  var regions = "top 20%"

  @Option(
    help:
      "What tables show of several channels at one position (default: the sum for images, all for signals).")
  var channels: ChannelReduction?

  @Option(
    help: ArgumentHelp(
      "How maps of a layer are resized: \(Interpolation.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "kind"))
  var upsample: String?

  @Option(
    help: ArgumentHelp(
      "Which rule of relevance every layer gets: \(RelevancePreset.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var preset: String?

  @Option(
    help: ArgumentHelp(
      "Rules of relevance of your own, such as 'input: z-box(0,1); conv: gamma(0.25); dense: epsilon(1e-6)'.",
      valueName: "list"))
  var rules: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "An input to explain, of a model with several; may be repeated; all of them by default.",
      valueName: "name"))
  var explainInput: [String] = []

  @Flag(
    help: "Ends RISE, SISE, LIME and Kernel SHAP when the top 10 % of their positions no longer change.")
  var stopWhenStable = false

  @Option(help: ArgumentHelp("Seed of random methods.", valueName: "n"))
  var seed: UInt32 = 0

  @Option(help: ArgumentHelp("Samples per second of a signal; its axis is then in seconds.", valueName: "hz"))
  var samplingRate: Double?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A parameter of one method or metric, such as grad-cam.relu=false; may be repeated.",
      valueName: "id.parameter=value"))
  var settings: [String] = []

  func validate() throws {
    _ = try targetChoice()
    if let versus, versus < 0 {
      throw ValidationError("--versus should be the number of a class, not \(versus)")
    }
    if regions != "none", RegionRule(regions) == nil {
      throw ValidationError("--regions should be \(RegionRule.forms), or none, not '\(regions)'")
    }
    if let samplingRate, !(samplingRate.isFinite && samplingRate > 0) {
      throw ValidationError("--sampling-rate should be above 0, not \(samplingRate)")
    }
  }

  /// The methods with the parameters that the options ask for.
  ///
  /// - Parameters:
  ///   - ids: The identifiers.
  ///   - file: The baseline that was read from a file; `nil` to check everything else before reading it.
  ///   - items: The background set that was read from a file.
  /// - Returns: The methods.
  /// - Throws: `ExplanationError` for an unknown method, parameter or value.
  func methods(
    _ ids: [String], baseline file: Tensor? = nil, background items: Tensor? = nil
  ) throws -> [ConfiguredMethod] {
    let own = try ownSettings()
    let baseline = file == nil && baselineFile != nil ? "zero" : self.baseline
    return try ids.map { id in
      let known = MethodCatalog.methods.first { $0.id == id }?.parameters.map(\.name) ?? []
      let shared = [
        "layer": layer, "steps": steps, "rule": rule, "tolerance": tolerance, "baseline": baseline,
        "background": items == nil && backgroundFile != nil ? "zero" : background, "upsample": upsample,
        "preset": preset, "rules": rules,
        "stop-when-stable": stopWhenStable ? "true" : nil, "seed": "\(seed)",
      ].compactMapValues { $0 }.filter { known.contains($0.key) }
      let values = shared.merging(own[id] ?? [:]) { _, own in own }
      let usesFile = file != nil && values["baseline"] == baselineFile
      let settings = MethodSettings(
        method: id, values: values, baseline: usesFile ? file : nil, background: items)
      return ConfiguredMethod(id: id, explainer: try MethodCatalog.method(id, settings: settings))
    }
  }

  /// The path of the baseline's file, when the baseline is one.
  var baselineFile: String? { baseline.flatMap { Baseline.names.contains($0) ? nil : $0 } }

  /// The path of the background set, when that is a file.
  var backgroundFile: String? { background.flatMap { Baseline.names.contains($0) ? nil : $0 } }

  /// Which positions make regions; `nil` for no regions.
  var regionRule: RegionRule? { RegionRule(regions) }

  /// The class to explain for an item with a label.
  func target(label: Int?) throws -> Target? {
    switch try targetChoice() {
    case .top: Target(.top, in: score, versus: versus)
    case .label: label.map { Target(.index($0), in: score, versus: versus) }
    case .number(let index): Target(.index(index), in: score, versus: versus)
    }
  }

  /// Every option with the value that is used; what the methods make of theirs stands with the methods.
  var resolved: [String: String] {
    let own = "the method's own"
    return [
      "layer": layer ?? own, "steps": steps ?? own, "rule": rule ?? own,
      "tolerance": tolerance ?? own, "baseline": baseline ?? own, "upsample": upsample ?? own,
      "explain-input": explainInput.isEmpty ? "all" : explainInput.joined(separator: ", "),
      "background": background ?? own, "regions": regions, "versus": versus.map { "\($0)" } ?? "none",
      "stop-when-stable": stopWhenStable ? "true" : own, "preset": preset ?? own, "rules": rules ?? own,
      "target": target, "score": score.rawValue, "channels": channels?.rawValue ?? "default",
      "seed": "\(seed)",
      "sampling-rate": samplingRate.map { "\($0)" } ?? "none", "set": settings.joined(separator: " "),
    ]
  }

  private enum TargetChoice {
    case top, label
    case number(Int)
  }

  private func targetChoice() throws -> TargetChoice {
    switch target {
    case "top": return .top
    case "label": return .label
    default:
      guard let index = Int(target), index >= 0 else {
        throw ValidationError("--target should be top, label or the number of a class, not '\(target)'")
      }
      return .number(index)
    }
  }

  /// Refuses a value of `--set` that is a metric's, for commands without metrics.
  ///
  /// - Throws: `ExplanationError.unknownMethod` with the metric's name.
  func refuseMetricSettings() throws {
    let methods = MethodCatalog.methods.map(\.id)
    if let metric = try ownSettings().keys.sorted().first(where: { !methods.contains($0) }) {
      throw ExplanationError.unknownMethod(id: metric, known: methods)
    }
  }

  /// The values of `--set` by method or metric and parameter.
  ///
  /// - Throws: A sentence for a text that is none, and for a name that no method and no metric has.
  func ownSettings() throws -> [String: [String: String]] {
    var own: [String: [String: String]] = [:]
    for text in settings {
      let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let names = sides[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, names.count == 2 else {
        throw ValidationError("--set should be method.parameter=value, not '\(text)'")
      }
      let (id, parameter) = (String(names[0]), String(names[1]))
      if let metric = MetricCatalog.metrics.first(where: { $0.id == id }) {
        let known = metric.parameters.map(\.name)
        guard known.contains(parameter) else {
          throw ScoringError.unknownParameter(metric: id, name: parameter, known: known)
        }
      } else {
        guard let method = MethodCatalog.methods.first(where: { $0.id == id }) else {
          throw ExplanationError.unknownMethod(id: id, known: MethodCatalog.methods.map(\.id))
        }
        let known = method.parameters.map(\.name)
        guard known.contains(parameter) else {
          throw ExplanationError.unknownParameter(method: id, name: parameter, known: known)
        }
      }
      own[id, default: [:]][parameter] = String(sides[1])
    }
    return own
  }
}

extension ScoreSpace: ExpressibleByArgument {}
extension ChannelReduction: ExpressibleByArgument {}
