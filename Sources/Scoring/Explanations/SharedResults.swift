/// What several metrics of one explanation need, computed by the first that asks.
final class SharedResults {
  private var results: [AnyHashable: Any] = [:]

  /// The result for a key.
  ///
  /// - Parameters:
  ///   - key: What was computed, with all that it depends on.
  ///   - make: Computes it when it is not there.
  /// - Returns: The result.
  /// - Throws: What `make` throws.
  func result<Key: Hashable, Result>(
    _ key: Key, _ make: () throws(ScoringError) -> Result
  ) throws(ScoringError) -> Result {
    if let known = results[key] as? Result { return known }
    let made = try make()
    results[key] = made
    return made
  }
}
