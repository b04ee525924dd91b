import HDF5Shims

/// A data set of an HDF5 file: an array of numbers, truth values or texts, with attributes.
public struct HDF5Dataset: Sendable {
  let file: OpenFile
  /// The path inside the file, such as `/model_weights/conv1d/conv1d/kernel:0`.
  public let path: String
  /// The extents, outermost first; empty for a scalar.
  ///
  /// The file can hold this many elements, so that memory may be set aside for them; their product, zeros counted as
  /// ones, times 16 fits into `Int`.
  public let shape: [Int]
  /// What the elements are.
  public let elementType: HDF5ElementType
  /// The number of elements: the product of `shape`.
  public let count: Int

  init(file: OpenFile, path: String) throws(HDF5Error) {
    self.file = file
    self.path = path
    let facts = try Library.locked { () throws(HDF5Error) in
      let dataset = try file.dataset(at: path)
      let type = try file.handle(H5Dget_type(dataset.id), at: path)
      let extent = try file.extent(of: dataset, type: type, at: path)
      return (extent: extent, type: HDF5ElementType(of: type))
    }
    shape = facts.extent.shape
    count = facts.extent.count
    elementType = facts.type
  }

  /// The name: the last part of the path.
  public var name: String { OpenFile.components(of: path).last ?? "/" }

  /// The names of the attributes, sorted.
  ///
  /// - Throws: `HDF5Error` when the data set is damaged.
  public func attributeNames() throws(HDF5Error) -> [String] {
    try Library.locked { () throws(HDF5Error) in
      try file.attributeNames(of: file.dataset(at: path), at: path)
    }
  }

  /// The value of an attribute; nil when there is none of this name.
  ///
  /// - Throws: `HDF5Error` when the attribute is damaged or of a type that `HDF5Attribute` does not have.
  public func attribute(_ name: String) throws(HDF5Error) -> HDF5Attribute? {
    try Library.locked { () throws(HDF5Error) in
      try file.attribute(name, of: file.dataset(at: path), at: path)
    }
  }
}

extension OpenFile {
  /// Opens the data set at an absolute path, refusing data that live in other files.
  func dataset(at path: String) throws(HDF5Error) -> Handle {
    let dataset = try object(at: path)
    try requireDataset(dataset, at: path)
    try Storage(of: dataset, in: self, at: path).requireInside()
    return dataset
  }

  /// The extents of a data set, refused when the file cannot hold them.
  func extent(of dataset: Handle, type: Handle, at path: String) throws(HDF5Error) -> Extent {
    let space = try handle(H5Dget_space(dataset.id), at: path)
    let size = H5Tget_size(type.id)
    let extent = try Extent(of: space, elementSize: size, in: self, at: path)
    try Storage(of: dataset, in: self, at: path).require(extent, elementSize: size)
    return extent
  }
}
