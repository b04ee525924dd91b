import TensorCore

/// Streams of random numbers, one for every sample of a metric, so that samples can be drawn in any order and on any thread.
///
/// The seeds of the streams are the first numbers of a stream of its own: `RandomState(seed).randint(0, 2**32, count, uint32)` in NumPy.
struct RandomStreams: Sendable {
  private let seeds: [UInt32]

  /// Prepares streams.
  init(count: Int, seed: UInt32) {
    var random = NumPyLegacyRandom(seed: seed)
    seeds = (0..<count).map { _ in random.nextWord() }
  }

  /// The stream of a sample, from its beginning.
  subscript(sample: Int) -> NumPyLegacyRandom { NumPyLegacyRandom(seed: seeds[sample]) }
}
