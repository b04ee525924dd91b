/// A dense array of 32-bit floating-point numbers in row-major order.
///
/// A tensor is a value: a copy is independent of its original, and the storage is duplicated only when a shared tensor is
/// written to. Values lie next to each other, last axis fastest, starting at an address that is a multiple of 64.
public struct Tensor: Sendable {
  /// The extents, outermost axis first.
  public private(set) var shape: Shape
  private var storage: Storage

  /// Creates a tensor with every element equal to one value.
  public init(_ shape: Shape, repeating value: Float = 0) {
    self.init(shape) { $0.initialize(repeating: value) }
  }

  /// Creates a tensor from its elements in row-major order.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - values: Exactly `shape.count` elements.
  public init(_ shape: Shape, _ values: [Float]) {
    precondition(values.count == shape.count, "\(values.count) values do not fill a tensor of \(shape)")
    self.init(shape) { _ = $0.initialize(from: values) }
  }

  /// Creates a tensor whose elements are written by a closure, with nothing written before.
  ///
  /// - Parameters:
  ///   - shape: The extents.
  ///   - body: Receives memory for `shape.count` elements and must initialise all of it.
  /// - Throws: What `body` throws.
  public init<Problem: Error>(
    _ shape: Shape, initializing body: (UnsafeMutableBufferPointer<Float>) throws(Problem) -> Void
  ) throws(Problem) {
    let storage = Storage(count: shape.count)
    try body(storage.values)
    self.shape = shape
    self.storage = storage
  }

  /// The elements in row-major order.
  public var values: [Float] { withValues { Array($0) } }

  /// The number of elements.
  public var count: Int { storage.values.count }

  /// Calls a closure with the elements in row-major order.
  public func withValues<Result, Problem: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    // The storage outlives the call because `self` holds it.
    try body(UnsafeBufferPointer(storage.values))
  }

  /// Calls a closure with the elements, which it may change.
  public mutating func withMutableValues<Result, Problem: Error>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    if !isKnownUniquelyReferenced(&storage) { storage = Storage(copying: storage) }
    return try body(storage.values)
  }

  /// The element at a position, one index per axis.
  public subscript(position: Int...) -> Float {
    get { storage.values[offset(of: position)] }
    set {
      let index = offset(of: position)
      withMutableValues { $0[index] = newValue }
    }
  }

  /// The same elements under another shape of equal count; the storage is shared.
  public func reshaped(to shape: Shape) -> Tensor {
    precondition(shape.count == count, "a tensor of \(self.shape) cannot be reshaped to \(shape)")
    var result = self
    result.shape = shape
    return result
  }

  /// The first element, for kernels; valid while the tensor is kept alive and not written to.
  @usableFromInline var start: UnsafePointer<Float> { UnsafePointer(storage.start) }

  private func offset(of position: [Int]) -> Int {
    precondition(position.count == shape.rank, "\(position) does not index a tensor of \(shape)")
    var offset = 0
    for (index, extent) in zip(position, shape.extents) {
      precondition(index >= 0 && index < extent, "\(position) is outside a tensor of \(shape)")
      offset = offset * extent + index
    }
    return offset
  }
}

extension Tensor {
  /// The memory of a tensor, shared by its copies until one of them is written to.
  ///
  /// Safe to send because only a uniquely referenced storage is ever written to after its creation.
  private final class Storage: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
    let values: UnsafeMutableBufferPointer<Float>

    init(count: Int) {
      start = MemoryPool.take(bytes: count * MemoryLayout<Float>.stride).bindMemory(
        to: Float.self, capacity: count)
      values = UnsafeMutableBufferPointer(start: start, count: count)
    }

    convenience init(copying other: Storage) {
      self.init(count: other.values.count)
      _ = values.initialize(from: other.values)
    }

    deinit {
      MemoryPool.giveBack(UnsafeMutableRawPointer(start), bytes: values.count * MemoryLayout<Float>.stride)
    }
  }
}

extension Tensor: Equatable {
  /// Whether shapes and all elements are equal.
  public static func == (left: Tensor, right: Tensor) -> Bool {
    left.shape == right.shape
      && left.withValues { a in right.withValues { b in a.elementsEqual(b) } }
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape and the first few elements.
  public var description: String {
    let first = values.prefix(8).map { "\($0)" }.joined(separator: ", ")
    return "Tensor(\(shape): \(first)\(count > 8 ? ", …" : ""))"
  }
}
