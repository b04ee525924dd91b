/// The parameters that methods which hide parts of an input have in common.
enum Hiding {
  /// What the catalogue says of them.
  ///
  /// - Parameter isRandom: Whether the method draws random numbers besides those of the baseline 'noise'.
  /// - Returns: One entry for each.
  static func parameters(isRandom: Bool = false) -> [ParameterInfo] {
    [
      ParameterInfo(
        "baseline", "What hidden values become.", values: "zero, mean, blur, noise or the path of a file",
        standard: "zero"),
      ParameterInfo(
        "sigma", "Standard deviation of the baseline 'blur', in positions.", values: "0.1 to 1000",
        standard: "5"),
      ParameterInfo(
        "samples", "Draws of the baseline 'noise'; every mask is scored with each of them.",
        values: "1 to 10000", standard: "1"),
      ParameterInfo(
        "seed", isRandom ? "Seed of the masks and of the baseline 'noise'." : "Seed of the baseline 'noise'.",
        values: "0 to 4294967295", standard: "0"),
    ]
  }

  /// Whether a method may stop before it has seen all its masks.
  static let stopping = ParameterInfo(
    "stop-when-stable", "Whether to stop as soon as the highest tenth of the map no longer changes.",
    values: "true or false", standard: "false")

  /// The resolved parameters of a method that draws random numbers itself: the seed is listed once.
  static func parameters(of baseline: Baseline, seed: UInt32) -> [Attribution.Parameter] {
    baseline.parameters.filter { $0.name != "seed" } + [.init("seed", "\(seed)")]
  }
}
