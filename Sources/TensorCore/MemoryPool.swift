import Foundation
import Synchronization

/// Memory of tensors that are gone, kept for the next tensor of the same size.
///
/// A pass through a network asks for the same sizes again and again. Handing the same memory out again keeps the peak of a long run
/// at the peak of one pass, whatever the system's allocator does with holes, and spares the page faults of fresh memory.
package enum MemoryPool {
  /// Memory starts at multiples of this many bytes.
  static let alignment = 64
  /// The bytes of a huge page.
  ///
  /// Pieces that hold one start at its multiples, and the system is asked to use them: weights of large networks are touched once, and
  /// then every small page costs a fault.
  private static let hugePage = 1 << 21
  /// Smaller pieces are left to the system's allocator.
  package static let smallestKept = 1 << 14
  /// At most this many bytes are kept, unless more are asked for.
  package static let mostKept = 1 << 28

  // The pointers are owned by the pool: whoever takes one out holds it alone.
  fileprivate struct Kept: @unchecked Sendable {
    var pieces: [Int: [UnsafeMutableRawPointer]] = [:]
    var bytes = 0
    var allocations = 0
    var mostBytes = MemoryPool.mostKept
  }

  private static let kept = Mutex(Kept())

  /// The bytes that are kept at this moment.
  package static var keptBytes: Int { kept.withLock { $0.bytes } }

  /// The most bytes that are kept from now on.
  package static var bound: Int { kept.withLock { $0.mostBytes } }

  /// How often the system was asked for a piece large enough to be kept.
  package static var allocations: Int { kept.withLock { $0.allocations } }

  /// Keeps at least a number of bytes from now on: what comes again and again needs as much at a time.
  ///
  /// - Parameter bytes: The number of bytes; a smaller one than before changes nothing.
  package static func keep(atLeast bytes: Int) {
    kept.withLock { $0.mostBytes = max($0.mostBytes, bytes) }
  }

  /// Memory of a size, with whatever was in it.
  static func take(bytes: Int) -> UnsafeMutableRawPointer {
    if bytes >= smallestKept, let piece = kept.withLock({ $0.take(bytes) }) { return piece.pointer }
    guard bytes >= hugePage else { return .allocate(byteCount: max(bytes, 1), alignment: alignment) }
    let piece = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: hugePage)
    #if os(Linux)
      // Where it is refused, small pages do.
      madvise(piece, bytes / hugePage * hugePage, MADV_HUGEPAGE)
    #endif
    return piece
  }

  /// Gives memory back.
  static func giveBack(_ piece: UnsafeMutableRawPointer, bytes: Int) {
    let piece = Piece(pointer: piece)
    if bytes >= smallestKept, kept.withLock({ $0.keep(piece.pointer, bytes) }) { return }
    piece.pointer.deallocate()
  }

  /// A piece on its way in or out of the pool.
  fileprivate struct Piece: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
  }
}

extension MemoryPool.Kept {
  fileprivate mutating func take(_ bytes: Int) -> MemoryPool.Piece? {
    guard let piece = pieces[bytes]?.popLast() else {
      allocations += 1
      return nil
    }
    self.bytes -= bytes
    return MemoryPool.Piece(pointer: piece)
  }

  fileprivate mutating func keep(_ piece: UnsafeMutableRawPointer, _ bytes: Int) -> Bool {
    if self.bytes + bytes > mostBytes { releaseOthers(than: bytes) }
    guard self.bytes + bytes <= mostBytes else { return false }
    pieces[bytes, default: []].append(piece)
    self.bytes += bytes
    return true
  }

  /// Gives pieces of other sizes back to the system: those that nobody asks for any more must not keep out those that are in use.
  private mutating func releaseOthers(than size: Int) {
    for (other, kept) in pieces where other != size {
      for piece in kept { piece.deallocate() }
      bytes -= other * kept.count
      pieces[other] = nil
    }
  }
}
