/// Tells whoever asked how far a long piece of work has come.
///
/// `Threads.stream` tells the share of its tasks; work in stages says which stage is running. Where nobody asked, nothing is called.
public enum WorkProgress {
  @TaskLocal private static var listener: (@Sendable (_ share: Double) -> Void)?

  /// Runs work and tells a listener the share of it that is done.
  ///
  /// - Parameters:
  ///   - listener: Receives shares from 0 to 1 on the calling thread; they may fall where the length of the work was not known before.
  ///     Nobody is told without one.
  ///   - work: What to do.
  /// - Returns: What the work returns.
  /// - Throws: What the work throws.
  public static func told<Result, Problem: Error>(
    to listener: (@Sendable (_ share: Double) -> Void)?, _ work: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let result = $listener.withValue(listener) { () -> Swift.Result<Result, Problem> in
      do throws(Problem) {
        return .success(try work())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Runs some stages of work of several: what is told inside counts from where the first of them begins to where the last ends, which is told
  /// at last.
  ///
  /// - Parameters:
  ///   - stages: Which stages these are.
  ///   - count: The number of stages of equal length.
  ///   - work: What to do.
  /// - Returns: What the work returns.
  /// - Throws: What the work throws.
  public static func stages<Result, Problem: Error>(
    _ stages: Range<Int>, of count: Int, _ work: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    guard let listener else { return try work() }
    let (first, end, count) = (Double(stages.lowerBound), Double(stages.upperBound), Double(count))
    let result = try told(to: { share in listener((first + share * (end - first)) / count) }, work)
    listener(end / count)
    return result
  }

  /// Tells that a share of the work is done.
  static func reached(_ done: Int, of count: Int) {
    listener?(Double(done) / Double(count))
  }
}
