/// A rectangle on the canvas; y grows downwards.
package struct Rectangle: Sendable, Equatable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  /// Creates a rectangle from its upper left corner and its extents.
  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }
  package var middleX: Double { x + width / 2 }
  package var middleY: Double { y + height / 2 }

  /// The place of a value on the horizontal extent, which a range of values fills from left to right.
  package func x(of value: Double, in range: ClosedRange<Double>) -> Double {
    x + width * fraction(of: value, in: range)
  }

  /// The place of a value on the vertical extent, which a range of values fills from the bottom up.
  package func y(of value: Double, in range: ClosedRange<Double>) -> Double {
    bottom - height * fraction(of: value, in: range)
  }

  private func fraction(of value: Double, in range: ClosedRange<Double>) -> Double {
    let span = range.upperBound - range.lowerBound
    return span > 0 ? (value - range.lowerBound) / span : 0.5
  }
}

/// A width and a height.
package struct Size: Sendable, Equatable {
  package var width: Double
  package var height: Double

  /// Creates a size.
  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// A place on the canvas; y grows downwards.
package struct Point: Sendable, Equatable {
  package var x: Double
  package var y: Double

  /// Creates a place.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}
