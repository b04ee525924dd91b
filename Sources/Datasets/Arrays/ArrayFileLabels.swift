extension ArrayFile {
  /// The labels of the rows of an array: one whole number for each.
  ///
  /// Where no labels key is given, the label column of a .csv file is taken, else the array whose name has a
  /// leading `y` in place of a leading `x`, or `label` in place of `input` (in the same group), when it holds
  /// one whole number for each row.
  ///
  /// - Parameters:
  ///   - name: The array; the only one when there is no name.
  ///   - labelsKey: The array with the labels, of shape `[count]` or `[count, 1]`.
  /// - Returns: The labels, or nothing when no labels key is given and none are found.
  /// - Throws: `DatasetError` when the array named by `labelsKey` is not there or cannot serve as labels.
  public func labels(forKey name: String? = nil, labelsKey: String? = nil) throws(DatasetError) -> [Int]? {
    let items = try entry(named: name)
    if let labelsKey {
      return try labels(in: try entry(named: labelsKey), for: items)
    }
    if let columnLabels { return columnLabels }
    for candidate in Self.labelNames(for: items.name) {
      guard let entry = entries.first(where: { $0.name == candidate }) else { continue }
      do { return try labels(in: entry, for: items) } catch .labels { continue }
    }
    return nil
  }

  /// The names under which labels for an array are looked for.
  static func labelNames(for name: String) -> [String] {
    let group = name.lastIndex(of: "/").map { name[...$0] } ?? ""
    let last = name.dropFirst(group.count)
    switch last.first {
    case "x": return [group + "y" + last.dropFirst()]
    case "X": return [group + "y" + last.dropFirst(), group + "Y" + last.dropFirst()]
    default: return last == "input" ? [group + "label"] : []
    }
  }

  private func labels(in entry: ArrayEntry, for items: ArrayEntry) throws(DatasetError) -> [Int] {
    let location = ArrayLocation(file: path, name: entry.name)
    let count = items.shape.rank == 0 ? 1 : items.shape[0]
    guard entry.shape.extents == [count] || entry.shape.extents == [count, 1] else {
      throw .labels(.count(items: count, shape: entry.shape.extents), at: location)
    }
    guard let labels = try array(named: entry.name).integers() else {
      throw .labels(.notWhole(entry.kind), at: location)
    }
    return labels
  }
}
