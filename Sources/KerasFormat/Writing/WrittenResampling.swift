import Networks
import TensorCore

extension ResamplingLayer: KerasComposable {
  /// `UpSampling1D` to `3D` where extents are multiplied, else `Resizing`, axis by axis for other than two axes.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    let shape = inputs[0]
    let filters = try matrices.map { matrix throws(Unwritable) in try Self.filter(of: matrix) }
    let (old, new) = (shape.spatial, matrices.map(\.rows.count))
    if let filter = Self.common(filters), zip(new, old).allSatisfy({ $0 % $1 == 0 }),
      filter == .nearest || (filter == .linear && old.count == 2), (1...3).contains(old.count)
    {
      return WrittenComposition([Self.upSampling(by: zip(new, old).map { $0 / $1 }, filter)])
    }
    if old.count == 2, let filter = Self.common(filters) {
      return WrittenComposition([Self.resizing(to: new, filter)])
    }
    var chain: [WrittenLayer] = []
    var extents = Array(shape.extents.dropFirst())
    for (axis, filter) in filters.enumerated() where new[axis] != old[axis] {
      let before = extents[..<axis].reduce(1, *)
      let after = extents[(axis + 1)...].reduce(1, *)
      chain += [
        .reshape([before, old[axis], after]), Self.resizing(to: [before, new[axis]], filter ?? .nearest),
      ]
      extents[axis] = new[axis]
    }
    return WrittenComposition(chain + [.reshape(extents)])
  }

  /// The filter of an axis; `nil` where any one leaves it as it is.
  private static func filter(of matrix: AxisMatrix) throws(Unwritable) -> ResamplingFilter? {
    let (old, new) = (matrix.columns, matrix.rows.count)
    let known: [ResamplingFilter] = [.nearest, .linear, .cubic, .lanczos3, .lanczos5]
    let fitting = known.filter { $0.matrix(from: old, to: new) == matrix }
    guard let first = fitting.first else {
      throw Unwritable(
        reason: "Keras 2 and 3 do not both resize with its filter; they know nearest, bilinear, bicubic, "
          + "lanczos3 and lanczos5 without antialiasing")
    }
    return fitting.count == known.count ? nil : first
  }

  /// The filter of all axes, if they have one in common.
  private static func common(_ filters: [ResamplingFilter?]) -> ResamplingFilter? {
    let named = Set(filters.compactMap(\.self))
    return named.isEmpty ? .nearest : named.count == 1 ? named.first : nil
  }

  private static func upSampling(by factors: [Int], _ filter: ResamplingFilter) -> WrittenLayer {
    var options: [String: JSONValue] = [
      "size": factors.count == 1 ? .integer(factors[0]) : .integers(factors)
    ]
    // The layer for one axis knows no other format, and only that for two another filter.
    if factors.count > 1 { options["data_format"] = .string("channels_last") }
    if factors.count == 2 { options["interpolation"] = .string(filter.rawValue) }
    return WrittenLayer("UpSampling\(factors.count)D", options)
  }

  private static func resizing(to extents: [Int], _ filter: ResamplingFilter) -> WrittenLayer {
    WrittenLayer(
      "Resizing",
      [
        "height": .integer(extents[0]), "width": .integer(extents[1]),
        "interpolation": .string(filter.rawValue),
        "crop_to_aspect_ratio": .boolean(false),
      ])
  }
}
