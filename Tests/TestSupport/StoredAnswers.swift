import HDF5Files
import TensorCore

/// Answers that another implementation computed and a script stored, one row per item.
package struct StoredAnswers {
  private let root: HDF5Group

  package init(_ path: String) throws { root = try HDF5File(reading: path).root }

  /// All rows of a data set with their shape.
  package func tensor(_ path: String) throws -> Tensor {
    let dataset = try root.dataset(path)
    return Tensor(Shape(dataset.shape), try dataset.floats())
  }

  /// The elements of one row.
  package func row(_ item: Int, of path: String) throws -> [Float] {
    try root.dataset(path).floats(rows: item..<(item + 1))
  }

  /// The elements of one row in 64 bits.
  package func doubles(_ item: Int, of path: String) throws -> [Double] {
    try root.dataset(path).doubles(rows: item..<(item + 1))
  }

  /// All elements of a data set in 64 bits.
  package func doubles(_ path: String) throws -> [Double] { try root.dataset(path).doubles() }

  /// The elements of a data set of whole numbers.
  package func integers(_ path: String) throws -> [Int] { try root.dataset(path).integers() }

  /// The names in a group: none when there is no such group.
  package func names(in group: String) throws -> [String] {
    root.contains(group) ? try root.group(group).names() : []
  }
}
