/// The extents of a tensor, outermost axis first.
///
/// Tensors that pass through a network have the axes `[batch, spatial..., channels]`: the number of spatial axes is a fact of
/// the run, never of the type.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// One extent per axis, outermost first; none is negative.
  public let extents: [Int]

  /// Creates a shape.
  ///
  /// - Parameter extents: One extent per axis, none negative.
  public init(_ extents: [Int]) {
    precondition(extents.allSatisfy { $0 >= 0 }, "a shape has no negative extent: \(extents)")
    self.extents = extents
  }

  /// Creates a shape from its extents.
  public init(arrayLiteral extents: Int...) { self.init(extents) }

  /// Creates the shape `[batch, spatial..., channels]`.
  public init(batch: Int, spatial: [Int], channels: Int) { self.init([batch] + spatial + [channels]) }

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The number of elements.
  public var count: Int { extents.reduce(1, *) }

  /// The extent of one axis.
  public subscript(axis: Int) -> Int { extents[axis] }

  /// The extent of the first axis.
  public var batch: Int {
    precondition(rank >= 1, "a scalar has no batch axis")
    return extents[0]
  }

  /// The extent of the last axis.
  public var channels: Int {
    precondition(rank >= 2, "\(self) has no channel axis beside its batch axis")
    return extents[rank - 1]
  }

  /// The extents between the first and the last axis.
  public var spatial: [Int] {
    precondition(rank >= 2, "\(self) has no channel axis beside its batch axis")
    return Array(extents[1..<(rank - 1)])
  }

  /// The number of positions: the product of the spatial extents.
  public var positions: Int { spatial.reduce(1, *) }

  /// The number of elements of one item of the batch.
  public var itemCount: Int { extents.dropFirst().reduce(1, *) }

  /// The same shape with another batch extent.
  public func with(batch: Int) -> Shape { Shape([batch] + extents.dropFirst()) }

  /// The same shape with another channel extent.
  public func with(channels: Int) -> Shape { Shape(extents.dropLast() + [channels]) }

  /// The extents as `40x25`, the form that messages use.
  public var description: String {
    extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "x")
  }
}

extension Shape {
  /// The number of elements, or `nil` when it does not fit an integer.
  public var countWithoutOverflow: Int? {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The extents of one item, for messages: `224x224x3`.
  public var item: String { Shape(Array(extents.dropFirst())).description }
}
