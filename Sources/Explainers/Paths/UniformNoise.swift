import TensorCore

/// A seeded stream of numbers between two bounds.
struct UniformNoise {
  private var state: NumPyLegacyRandom
  private let low: Double
  private let span: Double

  init(seed: UInt32, from low: Float, to high: Float) {
    state = NumPyLegacyRandom(seed: seed)
    self.low = Double(low)
    span = Double(high) - Double(low)
  }

  /// The next number.
  mutating func next() -> Float { Float(low + span * state.uniform()) }
}
