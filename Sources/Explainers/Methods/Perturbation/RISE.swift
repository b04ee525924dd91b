import Networks
import TensorCore

/// The mean of many random masks, weighted by the score that the model gives to what each of them shows.
///
///     map = 1 / (N p) * sum over i of score(masked input i) * mask i
///
/// A mask is a grid of `cells` cells along every axis, each shown with probability `p`, enlarged by linear interpolation to one cell more than
/// the input has room for, and cut out at a random place. `Attribution.standardError` is the standard error of that mean.
///
/// `variant=course` follows the implementation of a course at the University of Toronto: the grid is enlarged by as many positions as it has
/// cells and shifted within these, every mask is divided by its largest value, and the map is brought to 0...1. There 8,000 masks are usual.
///
/// - Note: One forward pass per mask. Memory does not grow with the number of masks. Petsiuk, Das and Saenko, BMVC 2018; they weight by
///   probabilities (`--score probability`). Checked in float64 against their formula with masks resized by scikit-image. Grid and offset are
///   drawn mask by mask from one stream, as `numpy.random.RandomState(seed)` would; the authors draw all grids first.
public struct RISE: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "rise", name: "RISE", family: .perturbation, preset: .relative,
    summary: "How high the score is on average when a position is seen through a random mask.",
    needs: "any model", cost: "1 forward pass per mask", citation: .petsiuk2018,
    parameters: [
      ParameterInfo("masks", "The number of masks.", values: "1 to 1000000", standard: "4000"),
      ParameterInfo("cells", "Cells of a mask along every axis.", values: "1 to 1000", standard: "7"),
      ParameterInfo(
        "probability", "How likely a cell is shown.", values: "0.001 to 0.999", standard: "0.5"),
      ParameterInfo(
        "variant", "Whose recipe for masks and scale.",
        values: Variant.allCases.map(\.rawValue).joined(separator: ", "), standard: Variant.official.rawValue),
      Hiding.stopping,
    ] + Hiding.parameters(isRandom: true))

  /// Whose recipe for masks and scale.
  public enum Variant: String, Sendable, CaseIterable {
    /// The authors'.
    case official
    /// That of a course at the University of Toronto.
    case course
  }

  /// The number of masks.
  public var masks: Int
  /// Cells of a mask along every axis.
  public var cells: Int
  /// How likely a cell is shown.
  public var probability: Double
  /// Whose recipe for masks and scale.
  public var variant: Variant
  /// What hidden values become.
  public var baseline: Baseline
  /// Seed of the masks.
  public var seed: UInt32
  /// Whether to stop as soon as the highest tenth of the map no longer changes (see `MaskSchedule`).
  public var stopsWhenStable: Bool

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - masks: The number of masks, at least one.
  ///   - cells: Cells of a mask along every axis, at least one.
  ///   - probability: How likely a cell is shown, between 0 and 1.
  ///   - variant: Whose recipe for masks and scale.
  ///   - baseline: What hidden values become.
  ///   - seed: Seed of the masks.
  ///   - stopsWhenStable: Whether to stop as soon as the highest tenth of the map no longer changes.
  public init(
    masks: Int = 4000, cells: Int = 7, probability: Double = 0.5, variant: Variant = .official,
    baseline: Baseline = .zero, seed: UInt32 = 0, stopsWhenStable: Bool = false
  ) {
    precondition(masks >= 1 && cells >= 1, "there is at least one mask of one cell, not \(masks) of \(cells)")
    precondition(probability > 0 && probability < 1, "\(probability) is not between 0 and 1")
    self.masks = masks
    self.cells = cells
    self.probability = probability
    self.variant = variant
    self.baseline = baseline
    self.seed = seed
    self.stopsWhenStable = stopsWhenStable
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    self.init(
      masks: try settings.count("masks", in: 1...1_000_000, default: 4000),
      cells: try settings.count("cells", in: 1...1000, default: 7),
      probability: try settings.number("probability", in: 0.001...0.999, default: 0.5),
      variant: try settings.choice("variant", default: .official),
      baseline: try Baseline(settings: settings, samples: 1), seed: try settings.seed(),
      stopsWhenStable: try settings.flag(Hiding.stopping.name, default: false))
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when the target, the baseline or the input do not fit the model.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    let masked = try MaskedModel(model, at: input, for: target, hidingWith: baseline)
    let grid = GridMasks(
      over: masked.grid.extents, cells: cells, probability: probability, variant: variant)
    var random = NumPyLegacyRandom(seed: seed)
    var sums = MaskSums(positions: masked.grid.count)
    let schedule = MaskSchedule(
      count: masks, stopsWhenStable: stopsWhenStable, numbersPerMask: grid.cellCount)
    let outcome = try schedule.run(
      { (range) throws(ExplanationError) in
        let designs = range.map { _ in grid.draw(&random) }
        try masked.stream(designs.count) { index, memory in
          grid.write(designs[index], into: memory)
        } summarizing: { masks, scores in
          MaskSums(masks, weights: scores)
        } into: {
          sums.add($0)
        }
      }, watching: { sums.values })
    var attribution = Attribution(
      masked.grid.map(values(of: sums)), explaining: input, decision: masked.decision, by: Self.info,
      parameters: parameters, passes: 1 + outcome.masks * masked.passesPerMask)
    attribution.notes = outcome.notes
    // A position's value is the mean score of the masks that show it: only differences between positions mean something.
    if variant == .course { attribution.preset = .nonNegative }
    if variant == .official, let errors = sums.standardErrors {
      attribution.standardError = masked.grid.map(errors.map { $0 / probability })
    }
    return attribution
  }

  private func values(of sums: MaskSums) -> [Double] {
    switch variant {
    case .official: sums.values.map { $0 / (Double(sums.count) * probability) }
    case .course: minMaxNormalized(sums.values) ?? sums.values.map { _ in 0 }
    }
  }

  private var parameters: [Attribution.Parameter] {
    [
      .init("masks", "\(masks)"), .init("cells", "\(cells)"), .init("probability", "\(probability)"),
      .init("variant", variant.rawValue), .init(Hiding.stopping.name, "\(stopsWhenStable)"),
    ] + Hiding.parameters(of: baseline, seed: seed)
  }
}

extension Explainer where Self == RISE {
  /// The mean of many random masks, weighted by the score that the model gives to what each of them shows.
  ///
  /// - Parameters:
  ///   - masks: The number of masks.
  ///   - cells: Cells of a mask along every axis.
  ///   - probability: How likely a cell is shown.
  ///   - variant: Whose recipe for masks and scale.
  ///   - baseline: What hidden values become.
  ///   - seed: Seed of the masks.
  ///   - stopsWhenStable: Whether to stop as soon as the highest tenth of the map no longer changes.
  /// - Returns: The method.
  public static func rise(
    masks: Int = 4000, cells: Int = 7, probability: Double = 0.5, variant: RISE.Variant = .official,
    baseline: Baseline = .zero, seed: UInt32 = 0, stopsWhenStable: Bool = false
  ) -> Self {
    .init(
      masks: masks, cells: cells, probability: probability, variant: variant, baseline: baseline, seed: seed,
      stopsWhenStable: stopsWhenStable)
  }
}
