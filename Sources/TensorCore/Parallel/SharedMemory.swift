/// Memory that several tasks write to, each to a part of its own.
@usableFromInline
struct SharedMemory: @unchecked Sendable {
  @usableFromInline let start: UnsafeMutablePointer<Float>

  @usableFromInline
  init(_ memory: UnsafeMutableBufferPointer<Float>) {
    guard let start = memory.baseAddress else { preconditionFailure("a tensor always has memory") }
    self.start = start
  }
}
