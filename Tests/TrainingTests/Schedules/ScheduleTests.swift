import TestSupport
import Testing
import Training

@Suite struct ScheduleTests {
  /// The rates of sixty steps, four to an epoch.
  private func rates(_ schedule: LearningRateSchedule, epochs: Int = 15) -> [Double] {
    (0..<60).map { 0.1 * schedule.factor(atStep: $0, stepsPerEpoch: 4, epochs: epochs) }
  }

  @Test(arguments: [
    ("exponential", LearningRateSchedule.exponential(epochs: 2, factor: 0.5)),
    ("steps", .steps(epochs: 2, factor: 0.5)),
    ("cosine", .cosine(over: 10)),
    ("cosine-final", .cosine(over: 10, final: 0.25)),
    ("cosine-warm-up", .cosine(warmUp: 3, over: 10, final: 0.1)),
  ])
  func ratesAreThoseOfKeras(name: String, schedule: LearningRateSchedule) throws {
    let expected = try Resource.answers().doubles("schedules/\(name)")
    // Keras computes rates in 32 bits.
    let worst = zip(rates(schedule), expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 2e-8)
    #expect(expected.count == 60)
  }

  @Test func byDefaultTheCosineEndsWithTheLastEpoch() {
    let open = rates(.cosine(warmUp: 3), epochs: 13)
    #expect(open == rates(.cosine(warmUp: 3, over: 10)))
    #expect(open[12] == 0.1)
    #expect(abs(open[32] - 0.05) < 1e-15)
    #expect(abs(open[52]) < 1e-15)
    #expect(rates(.constant) == Array(repeating: 0.1, count: 60))
  }

  @Test(arguments: [
    ("plateau", PlateauRule(factor: 0.5, patience: 2)),
    (
      "plateau-cooldown",
      PlateauRule(factor: 0.3, patience: 3, cooldown: 4, minimumDelta: 0.02, minimumRate: 0.005)
    ),
  ])
  func plateausAreThoseOfKeras(name: String, rule: PlateauRule) throws {
    let answers = try Resource.answers()
    var state = PlateauState(rate: 0.1)
    let rates = try answers.doubles("callbacks/losses").map { loss in
      state.update(loss, by: rule)
      return state.rate
    }
    let expected = try answers.doubles("callbacks/\(name)")
    let worst = zip(rates, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 1e-8)
    #expect(Set(rates).count > 3)
  }

  @Test func earlyStoppingIsThatOfKeras() throws {
    let answers = try Resource.answers()
    let losses = try answers.doubles("callbacks/losses")
    let cases = try answers.doubles("callbacks/early-stopping")
    for start in stride(from: 0, to: cases.count, by: 3) {
      let rule = EarlyStopping(patience: Int(cases[start]), minimumDelta: cases[start + 1])
      var state = StoppingState()
      var epochs = 0
      for loss in losses where !state.hasStopped {
        state.update(loss, by: rule)
        epochs += 1
      }
      #expect(epochs == Int(cases[start + 2]), "\(rule)")
    }
  }

  @Test func aPlateauByHand() {
    var state = PlateauState(rate: 1)
    let rule = PlateauRule(factor: 0.5, patience: 2, cooldown: 1, minimumDelta: 0.1, minimumRate: 0.3)
    // 0.95 is not lower by 0.1: after two such epochs the rate halves, after two more it falls to the smallest one, and there it stays.
    let rates = [1, 0.95, 0.95, 0.95, 0.95, 0.95, 0.8, 0.8, 0.8].map { loss in
      state.update(loss, by: rule)
      return state.rate
    }
    #expect(rates == [1, 1, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3])
  }
}
