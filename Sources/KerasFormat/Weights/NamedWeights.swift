import HDF5Files

/// Weights that are found by their names: every outermost layer has a group with the attribute `weight_names`, which for a model lists the
/// weights of all its layers, as `conv/kernel:0`, `inner/conv/kernel:0` or `conv/kernel`.
final class NamedWeights: WeightNames {
  private let group: HDF5Group?
  private let names: [(name: String, parts: [String])]
  /// The names of the layer and of the models around it, but for the outermost.
  private let inner: [String]
  private let path: [String]

  /// Opens the group of a layer.
  ///
  /// - Parameters:
  ///   - path: The names of the layer and of the models around it, outermost first.
  ///   - root: The group that has one group per layer.
  /// - Throws: `KerasFormatError` when the file is damaged.
  init(_ path: [String], in root: HDF5Group) throws(KerasFormatError) {
    self.path = path
    inner = Array(path.dropFirst())
    group = try root.groupIfPresent(path[0])
    guard let group else {
      names = []
      return
    }
    let listed = try reading { () throws(HDF5Error) in try group.texts("weight_names") }
    names = listed.map { ($0, Self.parts(of: $0)) }
  }

  /// The weight whose name ends in the layer's name and its own; of several the one whose beginning agrees best with the models around it.
  func dataset(_ name: String) throws(KerasFormatError) -> HDF5Dataset? {
    let wanted = Self.parts(of: name)
    let required = inner.suffix(1) + wanted
    let fitting = names.filter { Self.agreement($0.parts, Array(required)) == required.count }
    let best = fitting.max { agreement($0.parts, wanted) < agreement($1.parts, wanted) }
    guard let group, let best else { return nil }
    return try reading { () throws(HDF5Error) in try group.dataset(best.name) }
  }

  /// Weights of a layer inside the layer, found by the last part of their names.
  func part(_ part: WeightPart, in folders: [String]) -> any WeightNames {
    let own = names.filter { name in inner.last.map { name.parts.dropLast().contains($0) } ?? true }
    return ListedWeights(own, in: group).part(part, in: folders)
  }

  private func agreement(_ parts: [String], _ wanted: [String]) -> Int {
    Self.agreement(parts, path + wanted)
  }

  /// How many parts agree, counted from the end.
  private static func agreement(_ parts: [String], _ wanted: [String]) -> Int {
    zip(parts.reversed(), wanted.reversed()).prefix { $0 == $1 || stem($0) == $1 }.count
  }

  /// `inner/conv/kernel:0` is `kernel` of `conv` of `inner`.
  private static func parts(of name: String) -> [String] {
    name.split(separator: "/").map { part in
      part.split(separator: ":").first.map(String.init) ?? String(part)
    }
  }

  /// A name without the number that Keras appends to cells: `lstm_cell_1` is `lstm_cell`.
  private static func stem(_ part: String) -> String {
    guard let mark = part.lastIndex(of: "_"), part[part.index(after: mark)...].allSatisfy(\.isNumber),
      part[..<mark].hasSuffix("_cell")
    else { return part }
    return String(part[..<mark])
  }
}
