import HDF5Files

/// Some of the weights that a file lists by name, found by the last part of their names.
final class ListedWeights: WeightNames {
  private let names: [(name: String, parts: [String])]
  private let group: HDF5Group?

  /// Takes some weights of a group.
  init(_ names: [(name: String, parts: [String])], in group: HDF5Group?) {
    self.names = names
    self.group = group
  }

  /// The first weight whose name ends so.
  func dataset(_ name: String) throws(KerasFormatError) -> HDF5Dataset? {
    guard let group, let found = names.first(where: { $0.parts.last == name }) else { return nil }
    return try reading { () throws(HDF5Error) in try group.dataset(found.name) }
  }

  /// Some of these weights.
  func part(_ part: WeightPart, in folders: [String]) -> any WeightNames {
    switch part {
    case .places(let range):
      let places = range.clamped(to: names.startIndex..<names.endIndex)
      return ListedWeights(Array(names[places]), in: group)
    case .named(let name):
      let own = names.filter { $0.parts.dropLast().contains(name) }
      return ListedWeights(own.isEmpty ? names : own, in: group)
    }
  }
}
