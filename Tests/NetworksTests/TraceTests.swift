import Networks
import TensorCore
import TestSupport
import Testing

@Suite struct TraceTests {
  @Test(arguments: 1...3)
  func batchEqualsItsItemsOneByOne(rank: Int) throws {
    let network = TinyNetwork(rank: rank)
    let model = try network.model()
    let batch = Tensor(network.inputShape.with(batch: 5), seed: 3)
    let together = try model.predict(batch)
    #expect(together.shape == [5, 3])
    for item in 0..<5 {
      #expect(try model.predict(batch.item(item)).bits == together.item(item).bits)
    }
  }

  /// Many items go through the network in parts, a thread each.
  @Test func manyItemsAreAnsweredInPartsAndAlike() throws {
    let network = TinyNetwork(rank: 1)
    let model = try network.model()
    let items = 2 * Threads.count * model.streamingBatch + 3
    let batch = Tensor(network.inputShape.with(batch: items), seed: 4)
    let together = try model.values(of: [model.outputs[0]], at: [batch])[0]
    #expect(try model.predict(batch).bits == together.bits)

    let probe = CountingLayer()
    var builder = ModelBuilder(name: "probe")
    let input = try builder.add(InputLayer(shape: [1, 4, 1]), name: "input")
    _ = try builder.add(probe, name: "probe", after: [input])
    let counted = try builder.model()
    _ = try counted.predict(Tensor([2 * Threads.count * counted.streamingBatch, 4, 1], seed: 1))
    #expect(probe.counts.largestBatch == counted.streamingBatch)
    #expect(probe.counts.forward == 2 * Threads.count)
  }

  @Test(arguments: 1...3)
  func probabilitiesSumToOne(rank: Int) throws {
    let network = TinyNetwork(rank: rank)
    let answer = try network.model().predict(network.input())
    #expect(abs(answer.sum - 1) < 1e-6)
    #expect(answer.minimum > 0)
  }

  @Test func emptyBatchHasAnEmptyAnswer() throws {
    let network = TinyNetwork(rank: 1)
    #expect(try network.model().predict(Tensor(network.inputShape.with(batch: 0))).shape == [0, 3])
  }

  @Test func runsOnlyWhatIsNeeded() throws {
    let (early, late, aside) = (CountingLayer(), CountingLayer(), CountingLayer())
    var builder = ModelBuilder(name: "fork")
    let input = try builder.add(InputLayer(shape: [1, 4, 1]), name: "input")
    let first = try builder.add(early, name: "early", after: [input])
    let branch = try builder.add(aside, name: "aside", after: [first])
    let last = try builder.add(late, name: "late", after: [first])
    let model = try builder.model(outputs: [last])
    let x = Tensor([2, 4, 1], seed: 1)

    let trace = try model.trace([x], for: [first])
    #expect((early.counts.forward, late.counts.forward, aside.counts.forward) == (1, 0, 0))
    #expect(trace.contains(first) && !trace.contains(last) && !trace.contains(branch))
    #expect(trace[first] == x)

    _ = try model.predict(x)
    #expect((early.counts.forward, late.counts.forward, aside.counts.forward) == (2, 1, 0))
  }

  @Test func refusesOtherInputs() throws {
    let model = try TinyNetwork(rank: 1).model()
    #expect(
      sentence { _ = try model.predict(Tensor([1, 13, 2])) }
        == "the model takes items of 12x2, but the input has items of 13x2; give data of that shape or another model"
    )
    #expect(
      sentence { _ = try model.predict(Tensor([12, 2])) }
        == "the model takes items of 12x2, but the input has items of 2; give data of that shape or another model"
    )
    #expect(
      sentence { _ = try model.predict(Tensor([12])) }
        == "the model takes items of 12x2, but the input has items of scalar; give data of that shape or another model"
    )
    #expect(
      sentence { _ = try model.trace([Tensor([1, 12, 2]), Tensor([1, 12, 2])]) }
        == "the model takes 1 inputs, but 2 were given")
  }

  @Test func severalInputsAreTakenInOrder() throws {
    var builder = ModelBuilder(name: "sum")
    let a = try builder.add(InputLayer(shape: [1, 2, 1]), name: "a")
    let b = try builder.add(InputLayer(shape: [1, 2, 1]), name: "b")
    try builder.add(MergeLayer(.add), name: "sum", after: [a, b])
    let trace = try builder.model().trace([Tensor([1, 2, 1], [1, 2]), Tensor([1, 2, 1], [30, 40])])
    #expect(trace[a].values == [1, 2])
    #expect(trace[b].values == [30, 40])
    #expect(trace[2].values == [31, 42])
  }
}
