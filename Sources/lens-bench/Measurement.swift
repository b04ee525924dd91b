/// How long an operation took.
struct Measurement: Codable {
  let name: String
  let instructions: String
  let threads: Int
  /// How many runs were timed together as one sample, so that it takes at least 20 ms.
  let runsPerSample: Int
  let microsecondsFastest: Double
  let microsecondsMedian: Double
  /// The distance between the quartiles as a share of the median.
  let spread: Double
  /// Of the median.
  let gigaflops: Double
  /// Of the fastest sample, which is what an otherwise busy machine says about the kernels.
  let gigaflopsFastest: Double
}

extension BenchmarkCase {
  /// Times the operation on a number of threads.
  func measure(samples: Int, threads: Int, instructions: String) throws -> Measurement {
    try run()
    let clock = ContinuousClock()
    var runs = 1
    func sample() throws -> Double {
      let start = clock.now
      for _ in 0..<runs { try run() }
      return (clock.now - start) / .microseconds(1)
    }
    while try sample() < 20_000 { runs *= 2 }
    let times = try (0..<samples).map { _ in try sample() / Double(runs) }.sorted()
    let median = times[samples / 2]
    return Measurement(
      name: name, instructions: instructions, threads: threads, runsPerSample: runs,
      microsecondsFastest: times[0],
      microsecondsMedian: median, spread: (times[samples * 3 / 4] - times[samples / 4]) / median,
      gigaflops: Double(operations) / median / 1e3, gigaflopsFastest: Double(operations) / times[0] / 1e3)
  }
}
