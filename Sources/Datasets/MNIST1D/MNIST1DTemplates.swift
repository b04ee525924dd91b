extension MNIST1D {
  /// The ten digits as curves of twelve points, from which all sequences are made.
  public struct Templates: Sendable, Hashable {
    /// The curves, `[10, 12]`: standardised per digit, starting at 0.
    public let x: NumericArray
    /// The abscissa of the points, `[12]`: -5/6 to 5/6.
    public let t: NumericArray
    /// The digits, `[10]`: 0 to 9.
    public let y: NumericArray

    static let pointCount = 12

    init() {
      x = NumericArray([Self.drawings.count, Self.pointCount], Self.curves.flatMap { $0 })
      t = NumericArray([Self.pointCount], Self.abscissa)
      y = NumericArray([Self.drawings.count], Self.drawings.indices.map { Int64($0) })
    }

    /// The abscissa of the points of every template.
    static let abscissa = NumPyArithmetic.linspace(-5, 5, pointCount).map { $0 / 6 }

    /// The templates: each drawing less its mean, over its deviation, less its first value, over 6.
    static let curves = drawings.map { drawing in
      let mean = NumPyArithmetic.mean(drawing)
      let centered = drawing.map { $0 - mean }
      let deviation = NumPyArithmetic.deviation(centered)
      let standard = centered.map { $0 / deviation }
      return standard.map { ($0 - standard[0]) / 6 }
    }

    /// The digits as drawn by the authors of the data set.
    private static let drawings: [[Double]] = [
      [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5],
      [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
      [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5],
      [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
      [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5],
      [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
      [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5],
      [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
      [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5],
      [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
    ]
  }
}
