import TensorCore
import Testing
import Training

@Suite struct AugmentationTests {
  /// The operations of the recipe for MNIST-1D.
  private static func disturbing() throws -> Augmentation {
    Augmentation([
      try CyclicShift(), try RandomScale(0.8...1.2), try RandomTilt(0.75), try RandomNoise(deviation: 0.12),
    ])
  }

  @Test func anEmptyListChangesNothing() {
    let batch = Tensor.counting([2, 7, 1])
    #expect(Augmentation()(batch, items: [0, 1], epoch: 0, seed: 0) == batch)
  }

  /// What happens to an item depends on nothing but the seed, the epoch and its number.
  @Test func itemsDoNotDependOnTheirBatch() throws {
    let augmentation = try Self.disturbing()
    let batch = Tensor.counting([60, 40, 1])
    let numbers = (0..<60).map { 100 + 3 * $0 }
    let together = augmentation(batch, items: numbers, epoch: 4, seed: 9)
    for place in [0, 17, 59] {
      let alone = augmentation(batch.item(place), items: [numbers[place]], epoch: 4, seed: 9)
      #expect(alone == together.item(place))
    }
    #expect(augmentation(batch, items: numbers, epoch: 5, seed: 9) != together)
    #expect(augmentation(batch, items: numbers, epoch: 4, seed: 8) != together)
    #expect(augmentation(batch, items: numbers.map { $0 + 1 }, epoch: 4, seed: 9) != together)
  }

  @Test func threadsChangeNothing() throws {
    let augmentation = try Self.disturbing()
    let batch = Tensor.counting([200, 40, 1])
    let before = Threads.count
    defer { Threads.count = before }
    let results = [1, 2, 3].map { threads in
      Threads.count = threads
      return augmentation(batch, items: Array(0..<200), epoch: 1, seed: 2)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  /// The stream by hand, with the whole numbers of Python.
  @Test func streamsAreThoseOfTheirDefinition() {
    var random = AugmentationRandom(seed: 3, epoch: 5, item: 7)
    #expect(
      (0..<3).map { _ in random.nextWord() } == [
        0x9d1f_0904_f8cd_b6e4, 0xaa02_c2a1_e7cd_056e, 0x8022_74ae_f87b_f4bf,
      ])
    random = AugmentationRandom(seed: .max, epoch: 199, item: 3999)
    #expect(random.uniform() == 0.2048394395864721)
    random = AugmentationRandom(seed: 3, epoch: 5, item: 7)
    let normal = random.standardNormal()
    #expect(abs(normal + 0.7088069336245145) < 1e-14)
    #expect(abs(random.standardNormal() + 1.1832829496796664) < 1e-14)
  }
}
