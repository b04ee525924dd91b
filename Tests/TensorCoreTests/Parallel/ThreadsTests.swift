import Synchronization
import TensorCore
import Testing

/// The only suite that changes the number of threads.
@Suite(.serialized) struct ThreadsTests {
  private func with<T>(threads: Int, _ body: () throws -> T) rethrows -> T {
    let before = Threads.count
    Threads.count = threads
    defer { Threads.count = before }
    return try body()
  }

  @Test(arguments: [1, 2, 5])
  func everyTaskRunsOnce(threads: Int) {
    let runs = Mutex([Int](repeating: 0, count: 500))
    with(threads: threads) {
      Threads.forEach(500) { task in runs.withLock { $0[task] += 1 } }
    }
    #expect(runs.withLock { $0 } == [Int](repeating: 1, count: 500))
  }

  @Test func noTasksAreNoWork() {
    Threads.forEach(0) { _ in Issue.record("there is no task") }
  }

  @Test func aCallFromInsideATaskRunsItsTasksInOrder() {
    let orders = Mutex([[Int]]())
    with(threads: 2) {
      Threads.forEach(4) { _ in
        let order = Mutex([Int]())
        Threads.forEach(6) { inner in order.withLock { $0.append(inner) } }
        let inOrder = order.withLock { $0 }
        orders.withLock { $0.append(inOrder) }
      }
    }
    #expect(orders.withLock { $0 } == [[Int]](repeating: [0, 1, 2, 3, 4, 5], count: 4))
  }

  @Test func manyCallersAtOnceAllFinish() async {
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<50 { Threads.forEach(7) { counter.total.add($0, ordering: .relaxed) } }
        }
      }
    }
    // 0 + 1 + ... + 6 = 21, 400 times.
    #expect(counter.total.load(ordering: .relaxed) == 8400)
  }

  @Test(arguments: ConvolutionCase.all.enumerated().filter { $0.offset % 4 == 1 }.map(\.element))
  func aConvolutionDoesNotDependOnTheNumberOfThreads(_ item: ConvolutionCase) throws {
    var draw = Draw(seed: 3000 + item.seed)
    let convolution = try Convolution(
      weights: draw.numbers(item.convolution.weights.shape), window: item.convolution.window,
      groups: item.convolution.groups)
    let input = draw.numbers(item.input)
    let cotangent = draw.numbers(try convolution.outputShape(for: item.input))
    let results = try [1, 2, 3].map { threads in
      try with(threads: threads) {
        [
          try convolution(input), try convolution.pullback(cotangent, input: item.input),
          try convolution.weightPullback(cotangent, at: input).weights,
        ]
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test(arguments: Pooling.Kind.allCases)
  func aPoolingDoesNotDependOnTheNumberOfThreads(_ kind: Pooling.Kind) throws {
    var draw = Draw(seed: 4)
    let pooling = Pooling(kind, over: Window(kernel: [3, 3], stride: [2, 2], padding: .same))
    let input = draw.numbers([2, 9, 7, 25])
    let cotangent = draw.numbers(try pooling.outputShape(for: input.shape))
    let results = try [1, 2, 3].map { threads in
      try with(threads: threads) { [try pooling(input), try pooling.pullback(cotangent, at: input)] }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }
}

private final class Counter: Sendable {
  let total = Atomic<Int>(0)
}
