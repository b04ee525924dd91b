import Foundation

/// Compares two folders of exported results; `Scripts/export-notebooks.sh --check` runs it.
///
/// Texts must be equal but for times; numbers may differ in the last digits, as they do between processors; pictures must have
/// the same size.
@main
enum ExportCheck {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      FileHandle.standardError.write(Data("lens-export-check: give the expected and the new folder\n".utf8))
      exit(64)
    }
    let comparison = try Comparison(expected: arguments[1], found: arguments[2])
    for difference in comparison.differences.prefix(20) { print("  \(difference)") }
    if comparison.differences.count > 20 { print("  and \(comparison.differences.count - 20) more") }
    exit(comparison.differences.isEmpty ? 0 : 1)
  }
}
