import Boundary
import Foundation
import TensorCore

/// Why a figure could not be drawn or written.
public enum FigureError: Failure, Equatable {
  /// A number to be drawn is infinite or not a number.
  case notFinite(item: String, what: String, position: [Int], value: String)
  /// A tensor to be drawn does not hold one item with at least one value.
  case notOneItem(item: String, what: String, shape: Shape)
  /// The map does not have the positions of the input, or neither one channel nor those of the input.
  case mapDoesNotFit(item: String, map: Shape, input: Shape)
  /// The picture is not one image.
  case pictureShape(item: String, found: Shape)
  /// An option has a value that cannot be used.
  case option(name: String, expected: String, found: String)
  /// The file could not be written.
  case notWritable(path: String, reason: String)
  /// Cairo refused to draw, or libpng to write.
  case drawing(format: FigureFormat, reason: String)

  /// The class of the failure.
  public var failureClass: FailureClass {
    switch self {
    case .notFinite: .badData
    case .pictureShape, .option, .notWritable: .usage
    case .notOneItem, .mapDoesNotFit, .drawing: .defect
    }
  }

  /// One sentence for the user.
  public var description: String {
    switch self {
    case .notFinite(let item, let what, let position, let value):
      "cannot draw \(named(item)): \(what) holds \(value)\(at(position)), expected finite numbers; "
        + "look for overflow or missing values in the input and the model"
    case .notOneItem(let item, let what, let shape):
      "cannot draw \(named(item)): \(what) has the shape \(shape), expected 1 item with at least one value; "
        + "explain one item at a time"
    case .mapDoesNotFit(let item, let map, let input):
      "cannot draw \(named(item)): an attribution map of \(map) does not fit an input of \(input), expected the same "
        + "positions and 1 or \(input.extents.last ?? 1) channels; bring the map to the resolution of the input"
    case .pictureShape(let item, let found):
      "cannot draw \(named(item)): the picture has the shape \(found), expected 1 x height x width x channels; "
        + "give one image or leave the picture out"
    case .option(let name, let expected, let found):
      "cannot draw a figure with \(name) \(found), expected \(expected); change it or leave it out"
    case .notWritable(let path, let reason):
      "cannot write the figure '\(path)': \(reason); name an output in a folder that exists and can be written to"
    case .drawing(let format, let reason):
      "cannot draw a \(format.rawValue) figure: the library reports '\(reason)'; check that cairo, libpng "
        + "and the DejaVu fonts are installed"
    }
  }

  private func named(_ item: String) -> String { item.isEmpty ? "the figure" : "'\(item)'" }

  private func at(_ position: [Int]) -> String { position.isEmpty ? "" : " at \(position)" }
}

extension FigureError {
  /// Writes a figure to a file, whole or not at all.
  static func writing(_ bytes: Data, to path: String) throws(FigureError) {
    do {
      try WholeFile.write(bytes, to: path)
    } catch WholeFileError.notWritable(_, let reason) {
      throw .notWritable(path: path, reason: reason)
    } catch {
      throw .notWritable(path: path, reason: "\(error)")
    }
  }
}
