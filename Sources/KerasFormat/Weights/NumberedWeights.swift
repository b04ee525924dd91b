import HDF5Files

/// Weights that are found by their order: `layers/dense_1/vars/0`, and below groups of their own for layers in a layer, as in
/// `layers/bidirectional/forward_layer/cell/vars/0`.
final class NumberedWeights: WeightNames {
  private let root: HDF5Group
  private let folders: [String]
  /// The groups with weights below the layer's own, by their path from there; the layer's own is the empty path.
  private var groups: [[String]: HDF5Group] = [:]
  private var next: [[String]: Int] = [:]
  private var known: [String: HDF5Dataset] = [:]

  /// Opens the group of a layer.
  ///
  /// - Parameters:
  ///   - folders: The names of the groups that lead to the layer, from the root.
  ///   - root: The group `/`.
  /// - Throws: `KerasFormatError` when the file is damaged.
  init(_ folders: [String], in root: HDF5Group) throws(KerasFormatError) {
    self.root = root
    self.folders = folders
    guard let own = try root.groupIfPresent(folders.joined(separator: "/")) else { return }
    let datasets = try reading { () throws(HDF5Error) in try own.datasets() }
    let depth = own.path.split(separator: "/").count
    for dataset in datasets {
      let parts = dataset.path.split(separator: "/").dropFirst(depth).map(String.init)
      guard parts.count >= 2, parts[parts.count - 2] == "vars" else { continue }
      let place = Array(parts.dropLast(2))
      groups[place] = try reading { () throws(HDF5Error) in
        try own.group((place + ["vars"]).joined(separator: "/"))
      }
    }
  }

  /// The next weight of the layer, or of the layer in the layer that the name begins with.
  func dataset(_ name: String) throws(KerasFormatError) -> HDF5Dataset? {
    if let dataset = known[name] { return dataset }
    let inner = name.split(separator: "/").dropLast().map(String.init)
    guard let place = place(of: inner), let group = groups[place] else { return nil }
    let index = next[place, default: 0]
    guard group.contains("\(index)") else { return nil }
    next[place] = index + 1
    let dataset = try reading { () throws(HDF5Error) in try group.dataset("\(index)") }
    known[name] = dataset
    return dataset
  }

  /// The weights in groups below the layer's own, whose names Keras 2 begins with `_`.
  func part(_ part: WeightPart, in folders: [String]) throws(KerasFormatError) -> any WeightNames {
    let own = self.folders + folders
    let isThere = try root.groupIfPresent(own.joined(separator: "/")) != nil
    let hidden = self.folders + folders.map { "_\($0)" }
    return try NumberedWeights(isThere ? own : hidden, in: root)
  }

  /// The group of a layer in a layer: the only one there is, or the one whose names begin as the layers' names do.
  private func place(of inner: [String]) -> [String]? {
    if groups[inner] != nil { return inner }
    let sides = ["forward", "backward"]
    let side = sides.first { side in inner.first?.hasPrefix(side) ?? false }
    let fitting = groups.keys.filter { place in
      side.map { place.first?.hasPrefix($0) ?? false } ?? true
    }
    if fitting.count == 1 { return fitting.first }
    return fitting.first { place in
      zip(place.reversed(), inner.reversed()).allSatisfy {
        $1 == $0 || $1.hasSuffix("_\($0)") || $0.hasPrefix("\($1)_")
      }
        && !inner.isEmpty && !place.isEmpty
    }
  }
}
