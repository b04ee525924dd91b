import Boundary
import Foundation
import Synchronization

/// What an evaluation has finished so far, in a file that survives its end.
///
/// One line of JSON for every item and every group, written by one call as soon as it is known; the first line says what is evaluated.
/// A line that an interruption left half-written is cut off when the file is opened again, and its item is judged again. Only the places
/// of the lines are kept in memory.
public final class EvaluationJournal: Sendable {
  /// A finished part.
  public enum Entry: Codable, Sendable, Equatable {
    /// An item with its position among all.
    case item(Int, ItemScores)
    /// A group with its position among all: for every item the scores of the group metrics, by method.
    case group(Int, [[[MetricScore]]])
  }

  private struct State {
    var items: [Int: Range<UInt64>] = [:]
    var groups: [Int: Range<UInt64>] = [:]
    var end: UInt64 = 0

    /// Keeps the place of an entry at the end.
    mutating func note(_ entry: Entry, at range: Range<UInt64>) {
      switch entry {
      case .item(let position, _): items[position] = range
      case .group(let position, _): groups[position] = range
      }
      end = range.upperBound
    }
  }

  private let path: String
  private let file: FileHandle
  private let state: Mutex<State>

  /// Opens a journal.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - description: What is evaluated: everything that values depend on.
  ///   - resuming: Whether finished parts of a journal that is there are kept; else it is begun anew.
  /// - Throws: `JournalError` when the file cannot be written, or belongs to another evaluation.
  public init(_ path: String, of description: String, resuming: Bool) throws(JournalError) {
    self.path = path
    let exists = FileManager.default.fileExists(atPath: path)
    if !(resuming && exists), !FileManager.default.createFile(atPath: path, contents: nil) {
      throw .notWritable(path: path)
    }
    guard let file = FileHandle(forUpdatingAtPath: path) else { throw .notWritable(path: path) }
    self.file = file
    let head = Data((Self.line(of: description) ?? "").utf8)
    var state = State()
    if resuming, exists { state = try Self.finished(in: file, path, after: head) }
    if state.end == 0 {
      guard (try? file.truncate(atOffset: 0)) != nil, (try? file.write(contentsOf: head)) != nil else {
        throw .notWritable(path: path)
      }
      state.end = UInt64(head.count)
    }
    self.state = Mutex(state)
  }

  /// The positions of the finished items.
  public var finishedItems: Set<Int> { state.withLock { Set($0.items.keys) } }

  /// The positions of the finished groups.
  public var finishedGroups: Set<Int> { state.withLock { Set($0.groups.keys) } }

  /// Adds a finished part.
  ///
  /// - Throws: `JournalError.notWritable` when the disk takes no more.
  public func append(_ entry: Entry) throws(JournalError) {
    guard let line = Self.line(of: entry) else { throw .notWritable(path: path) }
    let bytes = Data(line.utf8)
    let isWritten = state.withLock { state in
      guard (try? file.seek(toOffset: state.end)) != nil, (try? file.write(contentsOf: bytes)) != nil else {
        return false
      }
      state.note(entry, at: state.end..<(state.end + UInt64(bytes.count)))
      return true
    }
    guard isWritten else { throw .notWritable(path: path) }
  }

  /// A finished item.
  ///
  /// - Parameter position: Its position.
  /// - Returns: Its scores; `nil` when it is not finished.
  /// - Throws: `JournalError.damaged` when its line cannot be read any more.
  public func item(_ position: Int) throws(JournalError) -> ItemScores? {
    guard let range = state.withLock({ $0.items[position] }) else { return nil }
    guard case .item(_, let scores) = try entry(range) else { throw .damaged(path: path) }
    return scores
  }

  /// A finished group.
  ///
  /// - Parameter position: Its position.
  /// - Returns: Its scores; `nil` when it is not finished.
  /// - Throws: `JournalError.damaged` when its line cannot be read any more.
  public func group(_ position: Int) throws(JournalError) -> [[[MetricScore]]]? {
    guard let range = state.withLock({ $0.groups[position] }) else { return nil }
    guard case .group(_, let scores) = try entry(range) else { throw .damaged(path: path) }
    return scores
  }

  /// Closes the file and removes it, when its content has become tables.
  public func remove() {
    try? file.close()
    unlink(path)
  }

  private func entry(_ range: Range<UInt64>) throws(JournalError) -> Entry {
    let bytes = state.withLock { _ -> Data? in
      guard (try? file.seek(toOffset: range.lowerBound)) != nil else { return nil }
      return try? file.read(upToCount: Int(range.upperBound - range.lowerBound))
    }
    guard let bytes, let entry = try? JSONDecoder().decode(Entry.self, from: bytes) else {
      throw .damaged(path: path)
    }
    return entry
  }

  /// The whole lines of a journal; what follows the last of them is cut off.
  private static func finished(
    in file: FileHandle, _ path: String, after head: Data
  ) throws(JournalError) -> State {
    var state = State()
    var rest = Data()
    while let piece = try? file.read(upToCount: 1 << 20), !piece.isEmpty {
      rest += piece
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = rest[rest.startIndex...end]
        if state.end == 0 {
          guard line == head else { throw .otherEvaluation(path: path) }
          state.end = UInt64(line.count)
        } else {
          guard let entry = try? JSONDecoder().decode(Entry.self, from: line) else {
            throw .damaged(path: path)
          }
          state.note(entry, at: state.end..<(state.end + UInt64(line.count)))
        }
        rest = Data(rest[(end + 1)...])
      }
    }
    guard (try? file.truncate(atOffset: state.end)) != nil else { throw .notWritable(path: path) }
    return state
  }

  private static func line(of value: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(value), let text = String(bytes: bytes, encoding: .utf8) else {
      return nil
    }
    return text + "\n"
  }
}
