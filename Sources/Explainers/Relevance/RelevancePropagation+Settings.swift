extension RelevancePropagation {
  /// The value of `rules` that leaves the choice to the preset.
  static let noRules = "none"
  /// The value of bounds that leaves them to the item.
  static let automatic = "auto"

  /// What the catalogue says of the parameters.
  ///
  /// - Parameter preset: The preset when none is given.
  /// - Returns: One description for every parameter.
  static func parameterInfos(preset: RelevancePreset) -> [ParameterInfo] {
    [
      ParameterInfo(
        "preset", "Which rule every layer gets.",
        values: RelevancePreset.allCases.map(\.rawValue).joined(separator: ", "),
        standard: preset.rawValue),
      ParameterInfo(
        "rules", "Rules of your own in the place of a preset.",
        values:
          "a list such as 'input: z-box(0,1); conv: gamma(0.25); dense: epsilon(1e-6); layer head: zero'",
        standard: noRules),
      ParameterInfo(
        "start", "What is handed back: the score, or one so that maps of different items compare.",
        values: Start.allCases.map(\.rawValue).joined(separator: ", "), standard: Start.score.rawValue),
      ParameterInfo(
        "low", "The smallest value an input can have, for z-box; auto: that of the item.",
        values: "a number, or one per channel with / between them, or \(automatic)", standard: automatic),
      ParameterInfo(
        "high", "The largest value an input can have, for z-box; auto: that of the item.",
        values: "a number, or one per channel with / between them, or \(automatic)", standard: automatic),
    ]
  }

  /// The propagation that a user asked for.
  ///
  /// - Parameters:
  ///   - settings: What the user gave.
  ///   - standard: The preset when none is given.
  /// - Throws: `ExplanationError` for a value that is not one, or for parameters that exclude each other.
  init(settings: MethodSettings, preset standard: RelevancePreset) throws(ExplanationError) {
    let preset = try settings.choice("preset", default: standard)
    let text = settings.values["rules"].flatMap { $0 == Self.noRules ? nil : $0 }
    if text != nil, settings.values["preset"] != nil {
      throw .parametersExclude(method: settings.method, first: "rules", second: "preset")
    }
    var rules = Rules.preset(preset)
    if let text {
      do throws(RelevanceComposite.TextProblem) {
        rules = .composite(try RelevanceComposite(text: text), text: text)
      } catch {
        throw settings.bad("rules", expected: error.message)
      }
    }
    self.init(
      rules, start: try settings.choice("start", default: .score), low: try settings.bound("low"),
      high: try settings.bound("high"))
  }
}

extension MethodSettings {
  /// A bound of a box.
  fileprivate func bound(_ name: String) throws(ExplanationError) -> [Float]? {
    guard let text = values[name] else { return nil }
    guard let bound = BoxBound(text) else {
      throw bad(name, expected: "a number, or one per channel with / between them, or auto")
    }
    return bound.values
  }
}
