/// The sentence of the error that something throws, or what it says when nothing is thrown.
package func sentence(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}
