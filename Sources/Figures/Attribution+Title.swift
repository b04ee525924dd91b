import Explainers
import Foundation

extension Attribution {
  /// The words above the figure.
  ///
  /// - Parameters:
  ///   - options: Names given by the caller.
  ///   - notes: Remarks of the body.
  /// - Returns: The words, not yet cut to a width.
  func title(_ options: FigureOptions, notes: [String]) -> Title {
    var facts: [String] = []
    let answer = predictedClass
    let contrast = versus.map { " versus \(options.className($0))" } ?? ""
    if answer == target, versus == nil {
      facts.append("predicted: \(options.className(target))")
    } else {
      facts.append("explained: \(options.className(target))\(contrast)")
      facts.append("predicted: \(options.className(answer))")
    }
    if let label = options.label { facts.append("label: \(options.className(label))") }
    facts.append("\(scoreSpace.rawValue) \(score.text(significantDigits: 4))")
    let method = (options.methodTitle ?? self.method).printable
    facts.append(layer.map { "\(method) at \($0.printable)" } ?? method)
    var remarks = notes
    if map.withValues({ values in values.allSatisfy { $0 == 0 } }) {
      remarks.insert("the map is zero everywhere", at: 0)
    }
    if let gap = completenessGap, gap.isFinite {
      remarks.append("completeness gap \(gap.text(significantDigits: 2))")
    }
    return Title(heading: options.itemName.printable, facts: facts, notes: remarks)
  }

  /// The class that the model chose: the largest output, or for one output whether it is above one half.
  private var predictedClass: Int {
    output.withValues { values in
      guard values.count > 1 else { return values.first.map { $0 > 0.5 ? 1 : 0 } ?? 0 }
      return values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    }
  }
}

extension FigureOptions {
  /// A class by its name, cut to a length that leaves room for the rest, or by its index.
  func className(_ index: Int) -> String {
    guard classNames.indices.contains(index), !classNames[index].isEmpty else { return "class \(index)" }
    return FigureStyle.subtitle.fitted(classNames[index].printable, to: 240)
  }

  /// A channel by its name or its index.
  func channelName(_ index: Int) -> String {
    guard channelNames.indices.contains(index), !channelNames[index].isEmpty else {
      return "channel \(index)"
    }
    return channelNames[index].printable
  }
}
