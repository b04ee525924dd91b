import Foundation

/// The checksum SHA-256 (FIPS 180-4), by which manifests name files.
public struct SHA256 {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  private static let blockBytes = 64

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < 64 {
      if !primes.contains(where: { candidate % $0 == 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      let root = cbrt(Double(prime))
      return UInt32((root - root.rounded(.down)) * 4_294_967_296)
    }
  }()

  /// The checksum of a file in hexadecimal, read piece by piece.
  ///
  /// - Throws: An error of Foundation when the file cannot be read.
  public static func hexadecimal(ofFile path: String) throws -> String {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var sum = SHA256()
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { sum.update(piece) }
    return sum.finish()
  }

  /// The checksum of bytes in hexadecimal.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var sum = SHA256()
    sum.update(bytes)
    return sum.finish()
  }

  private mutating func update(_ bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
    let whole = pending.count / Self.blockBytes * Self.blockBytes
    pending.withUnsafeBytes { compress(UnsafeRawBufferPointer(rebasing: $0[..<whole])) }
    length += UInt64(whole)
    pending.removeFirst(whole)
  }

  private mutating func finish() -> String {
    let bits = (length + UInt64(pending.count)) * 8
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % 64 != 56 { padding.append(0) }
    padding += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
    update(padding)
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Takes whole blocks in.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    Self.constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: constants.count) { words in
        for start in stride(from: 0, to: blocks.count, by: Self.blockBytes) {
          Self.schedule(blocks, from: start, into: words, adding: constants)
          compress(words)
        }
      }
    }
  }

  /// The words of one block, each with the constant of its round already added.
  private static func schedule(
    _ blocks: UnsafeRawBufferPointer, from start: Int, into words: UnsafeMutableBufferPointer<UInt32>,
    adding constants: UnsafeBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      words[index] = UInt32(
        bigEndian: blocks.loadUnaligned(fromByteOffset: start + 4 * index, as: UInt32.self))
    }
    for index in 16..<64 {
      let a = words[index &- 15]
      let b = words[index &- 2]
      let s0 = rotated(a, 7) ^ rotated(a, 18) ^ (a >> 3)
      let s1 = rotated(b, 17) ^ rotated(b, 19) ^ (b >> 10)
      words[index] = words[index &- 16] &+ s0 &+ words[index &- 7] &+ s1
    }
    for index in 0..<64 { words[index] &+= constants[index] }
  }

  private mutating func compress(_ words: UnsafeMutableBufferPointer<UInt32>) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let s1 = Self.rotated(e, 6) ^ Self.rotated(e, 11) ^ Self.rotated(e, 25)
      let first = h &+ s1 &+ (g ^ (e & (f ^ g))) &+ words[index]
      let s0 = Self.rotated(a, 2) ^ Self.rotated(a, 13) ^ Self.rotated(a, 22)
      let second = s0 &+ ((a & b) ^ (c & (a ^ b)))
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    for (index, value) in zip(0..<8, [a, b, c, d, e, f, g, h]) { state[index] &+= value }
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }
}
