import Scoring

/// How good a model is on items with labels: the tables of its classes, its confusions and its ROC curves.
public struct ModelQuality: Sendable {
  private var confusion: ConfusionMatrix
  private var labels: [Int] = []
  private var outputs: [[Float]] = []
  private let classes: Int

  /// Starts without items.
  ///
  /// - Parameter classes: The number of classes.
  public init(classes: Int) {
    self.classes = classes
    confusion = ConfusionMatrix(classes: classes)
  }

  /// Whether there are no items yet.
  public var isEmpty: Bool { labels.isEmpty }

  /// The share of items that are predicted right; `nil` without items.
  public var accuracy: Double? { confusion.accuracy }

  /// Adds an item; one whose label is no class of the model is left out.
  ///
  /// - Parameters:
  ///   - label: Its class.
  ///   - predicted: The class that the model predicts.
  ///   - outputs: What the model answers: one score for every class, or for class 1 of two.
  public mutating func add(label: Int, predicted: Int, outputs: [Float]) {
    guard (0..<classes).contains(label), (0..<classes).contains(predicted) else { return }
    confusion.add(label: label, predicted: predicted)
    labels.append(label)
    self.outputs.append(outputs)
  }

  /// The table of the classes, as bytes.
  ///
  /// `class,name,support,accuracy,precision,recall,f1,auc`: one row for every class, then the plain means over the classes that occur
  /// (`macro`), those weighted by their items (`weighted`), and `all` items together. As scikit-learn's report, with 0 for a precision or
  /// recall that does not exist.
  ///
  /// - Parameter names: The names of the classes, as many as are known.
  /// - Returns: The table.
  public func classTable(names: [String]) -> [UInt8] {
    var table = CSVTable(columns: [
      "class", "name", "support", "accuracy", "precision", "recall", "f1", "auc",
    ])
    var rows: [(support: Int, area: Double?)] = []
    for index in 0..<classes {
      let quality = confusion.quality(of: index)
      let area = curve(of: index)?.area
      let values = [quality.recall, quality.precision, quality.recall, quality.f1, area]
      rows.append((quality.support, area))
      table.append(
        ["\(index)", Self.name(index, names), "\(quality.support)"] + values.map { CSVTable.cell($0) })
    }
    let means = [
      ("macro", confusion.macroMean, rows.map { ($0.support > 0 ? 1 : 0, $0.area) }),
      ("weighted", confusion.weightedMean, rows.map { (Double($0.support), $0.area) }),
    ]
    for (label, mean, areas) in means {
      let values = [mean?.recall, mean?.precision, mean?.recall, mean?.f1, Self.mean(areas)]
      table.append([label, "", "\(confusion.total)"] + values.map { CSVTable.cell($0) })
    }
    table.append(["all", "", "\(confusion.total)", CSVTable.cell(confusion.accuracy), "", "", "", ""])
    return table.bytes
  }

  /// The confusions as bytes: `label,predicted,count`, by name where names are known.
  public func confusionTable(names: [String]) -> [UInt8] {
    var table = CSVTable(columns: ["label", "predicted", "count"])
    for (label, row) in confusion.counts.enumerated() {
      for (predicted, count) in row.enumerated() {
        table.append([Self.shown(label, names), Self.shown(predicted, names), "\(count)"])
      }
    }
    return table.bytes
  }

  /// The ROC curves as bytes: `class,threshold,false_positive_rate,true_positive_rate`; the threshold of the first point is empty.
  public func curveTable(names: [String]) -> [UInt8] {
    var table = CSVTable(columns: ["class", "threshold", "false_positive_rate", "true_positive_rate"])
    for index in 0..<classes {
      for point in curve(of: index)?.points ?? [] {
        table.append([
          Self.shown(index, names), CSVTable.cell(point.threshold.isFinite ? point.threshold : nil),
          CSVTable.cell(point.falsePositiveRate), CSVTable.cell(point.truePositiveRate),
        ])
      }
    }
    return table.bytes
  }

  private func curve(of index: Int) -> ROCCurve? {
    let scores = outputs.map { outputs -> Double in
      guard outputs.count == 1 else { return Double(outputs[index]) }
      return index == 1 ? Double(outputs[0]) : 1 - Double(outputs[0])
    }
    return ROCCurve(scores: scores, isPositive: labels.map { $0 == index })
  }

  /// The weighted mean of the values that there are.
  private static func mean(_ parts: [(weight: Double, value: Double?)]) -> Double? {
    let known = parts.filter { $0.value != nil }
    let weights = known.reduce(0) { $0 + $1.weight }
    return weights > 0 ? known.reduce(0) { $0 + $1.weight * ($1.value ?? 0) } / weights : nil
  }

  private static func name(_ index: Int, _ names: [String]) -> String {
    names.indices.contains(index) ? names[index] : ""
  }

  private static func shown(_ index: Int, _ names: [String]) -> String {
    names.indices.contains(index) ? names[index] : "\(index)"
  }
}
