import Foundation

extension RunFolder {
  /// What was done, which the files show.
  enum Kind {
    case explanation, comparison, evaluation
  }

  var kind: Kind { scores != nil ? .evaluation : comparisons.isEmpty ? .explanation : .comparison }

  /// The heading of the report.
  var title: String {
    let what =
      switch kind {
      case .explanation: "Explanations"
      case .comparison: "Methods compared"
      case .evaluation: "Methods evaluated"
      }
    guard let model = manifest?.model else { return what }
    return "\(what): \(((model.path as NSString).lastPathComponent as NSString).deletingPathExtension)"
  }

  /// What was asked, in a sentence.
  var lead: String {
    let methods = methodIDs
    let count = itemCount
    let items = count == 1 ? "1 item" : "\(count.grouped) items"
    let names = methods.count == 1 ? PageItem.name(of: methods[0]) : "\(methods.count) methods"
    switch kind {
    case .explanation: return "\(items) explained by \(names)\(targetWords)."
    case .comparison: return "\(items) explained by \(names) side by side\(targetWords)."
    case .evaluation:
      let metrics = manifest?.metrics.count ?? 0
      let by = metrics == 0 ? "" : metrics == 1 ? " by 1 metric" : " by \(metrics) metrics"
      return "\(names) judged\(by) on \(items)\(targetWords)."
    }
  }

  private var targetWords: String {
    guard let options = manifest?.options, let target = options["target"] else { return "" }
    let what =
      switch target {
      case "top": "the class that the model predicts"
      case "label": "the class that the data give"
      default: "class \(target)"
      }
    let against = options["versus"].flatMap { $0 == "none" ? nil : " against class \($0)" } ?? ""
    return "; explained is \(what)\(against)" + (options["score"].map { ", score: \($0)" } ?? "")
  }

  /// The identifiers of the methods in their order.
  var methodIDs: [String] {
    if let methods = manifest?.methods, !methods.isEmpty { return methods.map(\.id) }
    var order: [String] = []
    let table = summary ?? evaluation ?? scores
    for method in table?.texts("method") ?? [] where !order.contains(method) { order.append(method) }
    return order
  }

  /// The number of items of the run.
  var itemCount: Int {
    if let items = manifest?.items { return items }
    return summary == nil ? Set(scores?.texts("item") ?? []).count : explained.count
  }

  /// What stands below the heading.
  var facts: [PageContext.Fact] {
    guard let manifest else { return [] }
    var facts: [PageContext.Fact] = []
    if let model = manifest.model {
      facts.append(.init(name: "Model", value: Self.short(model.path), full: [model.path]))
    }
    if let first = manifest.inputs.first {
      let more = manifest.inputs.count - 1
      facts.append(
        .init(
          name: "Data", value: Self.short(first.path) + (more > 0 ? " and \(more) more" : ""),
          full: [first.path]))
    }
    facts.append(.init(name: "Items", value: itemCount.grouped))
    if !methodIDs.isEmpty { facts.append(.init(name: "Methods", value: methodIDs.joined(separator: ", "))) }
    if let seed = manifest.seed { facts.append(.init(name: "Seed", value: "\(seed)")) }
    if let date = manifest.date { facts.append(.init(name: "Date", value: date)) }
    return facts
  }

  /// The last two parts of a path.
  private static func short(_ path: String) -> String {
    path.split(separator: "/").suffix(2).joined(separator: "/")
  }

  /// Samples per second of signals, where the run was told.
  var samplingRate: Double? {
    manifest?.options["sampling-rate"].flatMap(Double.init).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }
}
