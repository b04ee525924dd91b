/// A group of an HDF5 file: a folder of groups and data sets, with attributes.
public struct HDF5Group: Sendable {
  let file: OpenFile
  /// The path inside the file, such as `/` or `/model_weights/conv1d`.
  public let path: String

  /// The names of the children, sorted by their bytes; links that lead nowhere or into other files included.
  ///
  /// - Throws: `HDF5Error` when the group is damaged.
  public func names() throws(HDF5Error) -> [String] {
    try opened { (group) throws(HDF5Error) in try file.names(in: group, at: path) }
  }

  /// Whether there is a child of this name.
  ///
  /// - Parameter name: One name, or a relative path with `/`.
  /// - Returns: False as well where the file is damaged.
  public func contains(_ name: String) -> Bool {
    let components = OpenFile.components(of: name)
    guard let last = components.last else { return true }
    let parent = ([path] + components.dropLast()).joined(separator: "/")
    let found = try? Library.locked { () throws(HDF5Error) in
      let group = try file.object(at: parent)
      try file.requireGroup(group, at: parent)
      return try file.hasLink(last, in: group, at: parent)
    }
    return found ?? false
  }

  /// A group below this one.
  ///
  /// - Parameter path: Relative, with `/` between names.
  /// - Returns: The group.
  /// - Throws: `HDF5Error` when there is none, or the path leads to something else.
  public func group(_ path: String) throws(HDF5Error) -> HDF5Group {
    let place = OpenFile.join(self.path, path)
    try Library.locked { () throws(HDF5Error) in
      try file.requireGroup(file.object(at: place), at: place)
    }
    return HDF5Group(file: file, path: place)
  }

  /// A data set below this group.
  ///
  /// - Parameter path: Relative, with `/` between names.
  /// - Returns: The data set.
  /// - Throws: `HDF5Error` when there is none, the path leads to something else, the data live in another file, or
  ///   more data are claimed than the file can hold.
  public func dataset(_ path: String) throws(HDF5Error) -> HDF5Dataset {
    try HDF5Dataset(file: file, path: OpenFile.join(self.path, path))
  }

  /// All data sets below this group, at any depth, sorted by path.
  ///
  /// A data set is listed at the places where hard links put it; soft links and links into other files are left out.
  ///
  /// - Throws: `HDF5Error` when a group or a data set is damaged.
  public func datasets() throws(HDF5Error) -> [HDF5Dataset] {
    let paths = try Library.locked { () throws(HDF5Error) in try file.datasetPaths(below: path) }
    var datasets: [HDF5Dataset] = []
    for path in paths { datasets.append(try HDF5Dataset(file: file, path: path)) }
    return datasets
  }

  /// The names of the attributes, sorted.
  ///
  /// - Throws: `HDF5Error` when the group is damaged.
  public func attributeNames() throws(HDF5Error) -> [String] {
    try opened { (group) throws(HDF5Error) in try file.attributeNames(of: group, at: path) }
  }

  /// The value of an attribute; nil when there is none of this name.
  ///
  /// - Throws: `HDF5Error` when the attribute is damaged or of a type that `HDF5Attribute` does not have.
  public func attribute(_ name: String) throws(HDF5Error) -> HDF5Attribute? {
    try opened { (group) throws(HDF5Error) in try file.attribute(name, of: group, at: path) }
  }

  private func opened<Result>(
    _ body: (Handle) throws(HDF5Error) -> Result
  ) throws(HDF5Error) -> Result {
    try Library.locked { () throws(HDF5Error) in
      let group = try file.object(at: path)
      try file.requireGroup(group, at: path)
      return try body(group)
    }
  }
}
