import Explainers
import Figures
import Foundation

/// One item of the page with its maps side by side.
struct PageItem {
  /// One map.
  struct Map {
    var index: Int
    var method: String
    var caption: String
    /// What a screen reader says of it.
    var words: String
    /// The style that gives the drawing its aspect before it is drawn.
    var shape: String
    var hasScale: Bool
    var low: String
    var high: String
    var signed: String
    var notes: [String]
  }

  var name: String
  /// `signal`, `features` or `image`.
  var kind: String
  /// Whether an image has so few pixels that they are to be seen.
  var isCoarse: Bool
  var facts: String
  /// The input as a data URL, at most one.
  var picture: [String]
  var size: String
  var maps: [Map]
  /// The numbers, as JSON.
  var data: String
}

/// What the program of the page reads of an item.
struct PageItemData: Encodable {
  /// One map.
  struct Map: Encodable {
    var values: PackedValues
    var spread: PackedValues?
    var spreadName: String?
    /// Whether colours are centred at zero.
    var signed: Bool
    /// The value at which the colours begin.
    var floor: Double
    /// The value at which they end.
    var reach: Double
  }

  var kind: String
  var extents: [Int]
  var channels: Int
  /// Samples per second.
  var rate: Double?
  var input: PackedValues?
  var maps: [Map]
}
