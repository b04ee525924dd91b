import Synchronization
import TensorCore
import Testing

@Suite struct WorkProgressTests {
  private struct Refused: Error {}

  /// The shares that a listener hears of a piece of work.
  private func shares<Problem: Error>(of work: () throws(Problem) -> Void) throws(Problem) -> [Double] {
    let heard = Heard()
    try WorkProgress.told(to: { share in heard.shares.withLock { $0.append(share) } }, work)
    return heard.shares.withLock { $0 }
  }

  private final class Heard: Sendable {
    let shares = Mutex([Double]())
  }

  @Test func streamedTasksAreTold() {
    var sum = 0
    let shares = shares {
      Threads.stream(100) {
        $0
      } into: {
        sum += $0
      }
    }
    #expect(sum == 4950)
    #expect(shares.count > 1 && shares.last == 1)
    #expect(shares == shares.sorted())
  }

  @Test func stagesShareTheWhole() {
    let shares = shares {
      WorkProgress.stages(0..<1, of: 4) {
        Threads.stream(1) {
          $0
        } into: { _ in
        }
      }
      WorkProgress.stages(1..<4, of: 4) {
        WorkProgress.stages(0..<1, of: 2) {
          Threads.stream(1) {
            $0
          } into: { _ in
          }
        }
        WorkProgress.stages(1..<2, of: 2) {
          Threads.stream(1) {
            $0
          } into: { _ in
          }
        }
      }
    }
    // The end of a stage is told besides what it tells itself.
    #expect(shares == [0.25, 0.25, 0.625, 0.625, 1, 1, 1])
  }

  @Test func errorsComeThrough() {
    #expect(throws: Refused.self) {
      _ = try shares { () throws(Refused) in
        try WorkProgress.stages(0..<1, of: 2) { () throws(Refused) in throw Refused() }
      }
    }
  }

  @Test func nobodyIsToldWithoutAListener() {
    let shares = shares {
      WorkProgress.told(to: nil) {
        Threads.stream(10) {
          $0
        } into: { _ in
        }
      }
    }
    #expect(shares.isEmpty)
  }
}
