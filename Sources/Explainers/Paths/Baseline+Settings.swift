extension Baseline {
  /// The parameters with which methods take a baseline; parameters of other baselines are checked all the same.
  ///
  /// - Parameters:
  ///   - settings: What the user gave.
  ///   - samples: Draws of the baseline `noise` when their number is not given.
  /// - Throws: `ExplanationError.badParameter` for a value that is not one of a baseline.
  init(settings: MethodSettings, samples: Int = 10) throws(ExplanationError) {
    let sigma = try settings.number("sigma", in: 0.1...1000, default: 5)
    let samples = try settings.count("samples", in: 1...10_000, default: samples)
    let seed = try settings.seed()
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

  /// The parameters that ask for this baseline.
  var parameters: [Attribution.Parameter] {
    let name = Attribution.Parameter("baseline", name)
    switch self {
    case .zero, .mean, .tensor: return [name]
    case .blur(let sigma): return [name, .init("sigma", "\(sigma)")]
    case .noise(let samples, let seed):
      return [name, .init("samples", "\(samples)"), .init("seed", "\(seed)")]
    }
  }
}

extension MethodSettings {
  /// The seed of everything random in a method.
  func seed() throws(ExplanationError) -> UInt32 {
    UInt32(try count("seed", in: 0...Int(UInt32.max), default: 0))
  }
}
