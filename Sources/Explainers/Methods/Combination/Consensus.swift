import Networks
import TensorCore

/// What several methods agree on: the mean of the ranks that they give to every position.
///
///     rank[m, p]   = place of position p among all positions by the map of method m, from 0 (least) to 1; equal values share their places
///     map          = mean over m of rank[m, p]
///     disagreement = standard deviation over m of rank[m, p], in `Attribution.disagreement`
///
/// Maps are added over their channels first, and signs count: what speaks against the class ranks lowest. Ranks make methods of different units
/// comparable; a position that most methods rank high and that they hardly disagree on is what a report can rely on.
///
/// - Note: The cost of all methods together. Rank aggregation after Borda, as used for attributions by Rieger and Hansen, ICML Workshop on XAI,
///   2020. Checked by hand and against `scipy.stats.rankdata`.
public struct Consensus: MethodCatalog.Entry {
  /// What the catalogue says of the method.
  public static let info = MethodInfo(
    id: "consensus", name: "Consensus", family: .combination, preset: .nonNegative,
    summary: "Which positions several methods rank high, and where they disagree.",
    needs: "what the methods need", cost: "that of all methods together", citation: .rieger2020,
    parameters: [
      ParameterInfo(
        "methods", "The methods, each with its standard parameters.",
        values: "identifiers with commas between them", standard: standard.joined(separator: ","))
    ])

  /// The methods unless others are given.
  private static let standard = ["gradient-times-input", "integrated-gradients", "grad-cam"]

  /// The identifiers of the methods.
  public let methods: [String]
  private let explainers: [any Explainer]

  /// Creates the method.
  ///
  /// - Parameter methods: The identifiers of the methods, each with its standard parameters.
  /// - Throws: `ExplanationError.unknownMethod` for one that is not in the catalogue, or is this one.
  public init(of methods: [String]) throws(ExplanationError) {
    let known = MethodCatalog.methods.map(\.id).filter { $0 != Self.info.id }
    for id in methods where !known.contains(id) { throw .unknownMethod(id: id, known: known) }
    self.methods = methods
    var explainers: [any Explainer] = []
    for id in methods { explainers.append(try MethodCatalog.method(id)) }
    self.explainers = explainers
  }

  /// Creates the method with the parameters that a user gave.
  ///
  /// - Throws: `ExplanationError` for a value that the method does not take.
  public init(settings: MethodSettings) throws(ExplanationError) {
    let ids = settings.values["methods"].map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard ids?.contains("") != true else {
      throw settings.bad("methods", expected: "identifiers with commas between them")
    }
    try self.init(of: ids ?? Self.standard)
  }

  /// Checks that the model has what every one of the methods needs.
  ///
  /// - Throws: The `ExplanationError` of the first that misses something.
  public func check(_ model: Model) throws(ExplanationError) {
    for explainer in explainers { try explainer.check(model) }
  }

  /// Explains the model's answer to one item.
  ///
  /// - Throws: `ExplanationError` when one of the methods does not suit the model, the target or the input.
  public func attribute(
    _ input: Tensor, of model: Model, for target: Target
  ) throws(ExplanationError) -> Attribution {
    var target = target
    var found: [Attribution] = []
    for (stage, explainer) in explainers.enumerated() {
      let next = try WorkProgress.stages(stage..<(stage + 1), of: explainers.count) {
        () throws(ExplanationError) in try explainer.attribute(input, of: model, for: target)
      }
      target = target.fixed(to: next.target)
      found.append(next)
    }
    guard let first = found.first else {
      throw .badParameter(
        method: Self.info.id, name: "methods", value: "", expected: "identifiers with commas between them")
    }
    let ranks = found.map { Self.ranks(of: $0.map.overChannels(.sum).values) }
    let count = Double(ranks.count)
    let means = ranks[0].indices.map { position in ranks.reduce(0) { $0 + $1[position] } / count }
    let deviations = means.indices.map { position in
      (ranks.reduce(0) { $0 + ($1[position] - means[position]) * ($1[position] - means[position]) } / count)
        .squareRoot()
    }
    let shape = first.map.shape.with(channels: 1)
    var attribution = Attribution(
      map: Tensor(shape, means.map { Float($0) }), input: input, output: first.output, target: first.target,
      scoreSpace: target.space, score: first.score, method: Self.info.id,
      parameters: [.init("methods", methods.joined(separator: ","))], preset: Self.info.preset)
    attribution.disagreement = Tensor(shape, deviations.map { Float($0) })
    attribution.notes = zip(methods, found).flatMap { id, found in found.notes.map { "\(id): \($0)" } }
    return attribution
  }

  /// The place of every value among all, from 0 for the least to 1 for the largest; equal values share the mean of their places.
  package static func ranks(of values: [Float]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { values[$0] != values[order[start]] }
      let next = end ?? order.count
      let place = Double(start + next - 1) / 2 / Double(max(order.count - 1, 1))
      for index in start..<next { ranks[order[index]] = place }
      start = next
    }
    return ranks
  }
}

extension Explainer where Self == Consensus {
  /// What several methods agree on: the mean of the ranks that they give to every position.
  ///
  /// - Parameter methods: The identifiers of the methods, each with its standard parameters.
  /// - Returns: The method.
  /// - Throws: `ExplanationError.unknownMethod` for one that is not in the catalogue, or is this one.
  public static func consensus(of methods: String...) throws(ExplanationError) -> Self {
    try .init(of: methods)
  }
}
