import TensorCore
import TestSupport
import Testing
import Training

@Suite struct DataTests {
  @Test func itemsAreTakenInTheOrderAskedFor() throws {
    let data = try TensorData(Tensor([3, 2], [1, 2, 3, 4, 5, 6]), labels: [0, 1, 0])
    #expect(data.items([2, 0], epoch: 3) == Tensor([2, 2], [5, 6, 1, 2]))
    #expect(data.classes == 2)
    #expect(data.itemsPerClass == [2, 1])
    let some = DataSelection(of: data, [2, 1])
    #expect(some.labels == [0, 1])
    #expect(try some.items([1], epoch: nil) == Tensor([1, 2], [3, 4]))
  }

  @Test func everyEpochHasEveryItemOnceInAnOrderOfItsOwn() throws {
    let order = try BatchOrder(count: 10, batchSize: 4, seed: 3)
    #expect(order.stepsPerEpoch == 3)
    let epochs = (0..<3).map { order.batches(ofEpoch: $0) }
    for batches in epochs {
      #expect(batches.map(\.count) == [4, 4, 2])
      #expect(batches.flatMap { $0 }.sorted() == Array(0..<10))
    }
    #expect(Set(epochs).count == 3)
    #expect(order.batches(ofEpoch: 1) == epochs[1])
    #expect(try BatchOrder(count: 10, batchSize: 4, seed: 4).batches(ofEpoch: 0) != epochs[0])
    let dropping = try BatchOrder(count: 10, batchSize: 4, dropsLast: true, seed: 3)
    #expect(dropping.batches(ofEpoch: 0) == Array(epochs[0].prefix(2)))
  }

  @Test func splitsAreDisjointAndComplete() throws {
    let data = try SmallProblem.signals(40)
    for isStratified in [false, true] {
      let (training, validation) = try data.split(
        validation: .fraction(0.25), seed: 1, isStratified: isStratified)
      #expect(validation.count == 10)
      #expect((training.indices + validation.indices).sorted() == Array(0..<40))
      #expect(validation.indices == validation.indices.sorted())
      let other = try data.split(validation: .fraction(0.25), seed: 2, isStratified: isStratified)
      #expect(other.validation.indices != validation.indices)
    }
    #expect(try data.split(validation: .count(3), seed: 1).validation.count == 3)
  }

  @Test func stratifiedSplitsTakeTheSameShareOfEveryClass() throws {
    // Classes of 10, 6 and 4: a quarter is 2.5, 1.5 and 1; one of the two halves is rounded up, that of the first class.
    let labels =
      Array(repeating: 0, count: 10) + Array(repeating: 1, count: 6) + Array(repeating: 2, count: 4)
    let data = try TensorData(Tensor([20, 2]), labels: labels)
    for seed in 0..<5 as Range<UInt32> {
      let split = try data.split(validation: .count(5), seed: seed, isStratified: true)
      #expect(split.validation.itemsPerClass == [3, 1, 1])
      #expect(split.training.itemsPerClass == [7, 5, 3])
    }
  }

  @Test func balancedWeightsMakeClassesCountAlike() throws {
    let data = try TensorData(Tensor([6, 2]), labels: [0, 0, 0, 1, 1, 2])
    // 6 / (3 * 3), 6 / (3 * 2), 6 / (3 * 1).
    #expect(try ClassWeights.balanced.factors(for: data) == [6.0 / 9, 1, 2])
    #expect(try ClassWeights.equal.factors(for: data) == nil)
    #expect(try ClassWeights.given([1, 2, 3]).factors(for: data) == [1, 2, 3])
  }

  @Test func badDataAreRefused() throws {
    let three = Tensor([3, 2])
    #expect(
      sentence { _ = try TensorData(three, labels: [0, 1]) }
        == "3 items have 2 labels; give one label for every item")
    #expect(
      sentence { _ = try TensorData(three, labels: [0, 4, 1], classes: 3) }
        == "item 1 has the label 4, but the 3 classes are 0 to 2; correct the label or train a model with more outputs"
    )
    #expect(
      sentence { _ = try TensorData(three, labels: [0, -1, 1]) }
        == "item 1 has the label -1, but the 2 classes are 0 to 1; correct the label or train a model with more outputs"
    )
    #expect(
      sentence { _ = try TensorData(Tensor([0, 2]), labels: []) }
        == "there are no items to train with; name data that hold at least one")
    let data = try TensorData(three, labels: [0, 0, 2], classes: 3)
    #expect(
      sentence { _ = try data.split(validation: .count(3), seed: 0) }
        == "3 of 3 items for validation leave no item for one of the two sides; choose a share that leaves items on both"
    )
    #expect(
      sentence { _ = try data.split(validation: .fraction(1), seed: 0) }
        == "'1.0' is not a value for validation, which should be a share between 0 and 1")
    let empty =
      "none of the items is of class 1, though there are 3 classes; give items of every class, or ask neither for "
      + "balanced weights nor for a stratified split"
    #expect(sentence { _ = try data.split(validation: .count(1), seed: 0, isStratified: true) } == empty)
    #expect(sentence { _ = try ClassWeights.balanced.factors(for: data) } == empty)
    #expect(
      sentence { _ = try ClassWeights.given([1]).factors(for: data) }
        == "1 class weights were given for 3 classes; give one for every class")
    #expect(
      sentence { _ = try ClassWeights.given([1, .nan, 1]).factors(for: data) }
        == "'nan' is not a value for class-weights, which should be numbers from 0 on")
    #expect(
      sentence { _ = try BatchOrder(count: 3, batchSize: 0) }
        == "'0' is not a value for batch, which should be a number of items from 1 on")
    #expect(
      sentence { _ = try BatchOrder(count: 3, batchSize: 4, dropsLast: true) }
        == "'4' is not a value for batch, which should be at most the number of items, 3, when the last batch is dropped "
        + "unless it is full")
  }
}
