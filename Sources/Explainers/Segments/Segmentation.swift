import TensorCore

/// How an input is divided into segments.
public struct Segmentation: Sendable, Equatable {
  /// The kinds of segments.
  public enum Kind: String, Sendable, CaseIterable {
    /// Blocks of about the same extents.
    case equal
    /// Connected regions of similar values: for a signal what lies between its change points.
    case regions
  }

  /// The kind of segments, or `nil` for equal ones along a single axis and regions over several.
  public var kind: Kind?
  /// The number of segments, or `nil` for 20 along a single axis and 50 over several, there at most one for 16
  /// positions; never more than there are positions.
  public var count: Int?

  /// What the command line calls a choice that is left to the method.
  package static let automaticName = "auto"
  /// The most segments.
  static let most = 1000

  /// Creates a way to divide inputs.
  ///
  /// - Parameters:
  ///   - kind: The kind of segments, or `nil` for equal ones along a single axis and regions over several.
  ///   - count: The number of segments, 1 to 1000, or `nil` for 20 along a single axis and 50 over several.
  public init(_ kind: Kind? = nil, count: Int? = nil) {
    precondition(
      (1...Self.most).contains(count ?? 1), "there are 1 to \(Self.most) segments, not \(count ?? 0)")
    self.kind = kind
    self.count = count
  }

  /// Whatever suits the number of axes.
  public static let automatic = Segmentation()

  /// What the catalogue says of the parameters.
  package static let parameters = [
    ParameterInfo(
      "segmentation",
      "How the input is divided; regions: of similar values; auto: equal for signals, regions for images.",
      values: (Kind.allCases.map(\.rawValue) + [automaticName]).joined(separator: ", "),
      standard: automaticName),
    ParameterInfo(
      "segments",
      "The number of segments; auto: 20 for signals, 50 for images, there at most one for 16 positions.",
      values: "1 to \(most) or \(automaticName)", standard: automaticName),
  ]

  /// The division that a user asked for.
  ///
  /// - Throws: `ExplanationError.badParameter` for a value that is not one of a segmentation.
  package init(settings: MethodSettings) throws(ExplanationError) {
    var settings = settings
    for name in ["segmentation", "segments"] where settings.values[name] == Self.automaticName {
      settings.values[name] = nil
    }
    let kind = try settings.choice("segmentation", default: Kind.equal, or: [Self.automaticName])
    let count = try settings.count("segments", in: 1...Self.most, default: 1)
    self.init(
      settings.values["segmentation"] == nil ? nil : kind,
      count: settings.values["segments"] == nil ? nil : count)
  }

  /// The same with everything chosen that was left open.
  func resolved(for extents: [Int]) -> (kind: Kind, count: Int) {
    let isSignal = extents.count { $0 > 1 } <= 1
    let usual = isSignal ? 20 : min(50, max(extents.reduce(1, *) / 16, 1))
    return (kind ?? (isSignal ? .equal : .regions), count ?? usual)
  }

  /// The parameters that ask for this division.
  func parameters(for extents: [Int]) -> [Attribution.Parameter] {
    let (kind, count) = resolved(for: extents)
    return [.init("segmentation", kind.rawValue), .init("segments", "\(count)")]
  }

  /// The segments of an input.
  ///
  /// - Parameter input: `[1, positions..., channels]`.
  /// - Returns: The segment of every position.
  package func segments(of input: Tensor) -> Segments {
    let (kind, count) = resolved(for: input.shape.spatial)
    switch kind {
    case .equal: return Self.blocks(over: input.shape.spatial, count: count)
    case .regions: return RegionMerging(of: input, target: count).segments(count)
    }
  }

  /// Blocks of about the same extents.
  ///
  /// The axis with the longest blocks is divided further until there would be more blocks than wanted; along a single axis there are
  /// exactly as many. Block `i` of `n` holds the positions from `i * extent / n` on.
  private static func blocks(over extents: [Int], count: Int) -> Segments {
    var parts = extents.map { _ in 1 }
    while let axis = extents.indices.filter({ parts[$0] < extents[$0] }).max(by: {
      extents[$0] * parts[$1] < extents[$1] * parts[$0]
    }) {
      parts[axis] += 1
      guard parts.reduce(1, *) <= count else {
        parts[axis] -= 1
        break
      }
    }
    let labels = (0..<extents.reduce(1, *)).map { position in
      var (rest, label, scale) = (position, 0, 1)
      for axis in extents.indices.reversed() {
        label += ((rest % extents[axis]) * parts[axis] + parts[axis] - 1) / extents[axis] * scale
        rest /= extents[axis]
        scale *= parts[axis]
      }
      return label
    }
    return Segments(labels: labels)
  }
}
