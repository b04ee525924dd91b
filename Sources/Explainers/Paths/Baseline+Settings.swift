extension Baseline {
  /// What the catalogue says of the parameters of methods that compare with a baseline.
  static let parameterInfos: [ParameterInfo] = [
    ParameterInfo(
      "baseline", "What the input is compared with.", values: "zero, mean, blur, noise or the path of a file",
      standard: "zero"),
    ParameterInfo(
      "sigma", "Standard deviation of the baseline 'blur', in positions.", values: "0.1 to 1000",
      standard: "5"),
    ParameterInfo("samples", "Draws of the baseline 'noise'.", values: "1 to 10000", standard: "10"),
    ParameterInfo("seed", "Seed of the baseline 'noise'.", values: "0 to 4294967295", standard: "0"),
  ]

  /// The parameters that ask for this baseline.
  var parameters: [Attribution.Parameter] {
    var parameters = [Attribution.Parameter("baseline", name)]
    switch self {
    case .blur(let sigma): parameters.append(.init("sigma", "\(sigma)"))
    case .noise(let samples, let seed):
      parameters += [.init("samples", "\(samples)"), .init("seed", "\(seed)")]
    case .zero, .mean, .tensor: break
    }
    return parameters
  }

  /// The baseline that a user asked for; parameters of other baselines are checked all the same.
  init(settings: MethodSettings) throws(ExplanationError) {
    let sigma = try settings.number("sigma", in: 0.1...1000, default: 5)
    let samples = try settings.count("samples", in: 1...10_000, default: 10)
    let seed = UInt32(try settings.count("seed", in: 0...Int(UInt32.max), default: 0))
    if let tensor = settings.baseline {
      self = .tensor(tensor)
      return
    }
    switch settings.values["baseline"] ?? "zero" {
    case "zero": self = .zero
    case "mean": self = .mean
    case "blur": self = .blur(sigma: sigma)
    case "noise": self = .noise(samples: samples, seed: seed)
    default: throw settings.bad("baseline", expected: "zero, mean, blur, noise or the path of a file")
    }
  }
}
