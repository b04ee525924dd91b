import CCrypto
import Dispatch
import Foundation
import Synchronization

/// The SHA-256 checksums of files, computed while the program does other work.
///
/// A network of a hundred megabytes takes a tenth of a second to read and to sum up; on a thread of its own that time is not waited for.
public final class FileChecksums: Sendable {
  private static let pieceBytes = 1 << 20

  private let work = DispatchGroup()
  private let outcome = Mutex<Result<[String], any Error>>(.success([]))

  /// Begins to compute the checksums of files, one after the other.
  ///
  /// - Parameter paths: The files.
  public init(of paths: [String]) {
    // Or libcrypto frees what the thread uses when the program ends before it.
    OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
    DispatchQueue.global().async(group: work) { [self] in
      let found = Result { try paths.map(Self.sha256(ofFile:)) }
      outcome.withLock { $0 = found }
    }
  }

  /// The checksums in hexadecimal, one for each file; waits until they are there.
  ///
  /// - Throws: `ChecksumError` when a file cannot be read.
  public func sha256() throws -> [String] {
    work.wait()
    return try outcome.withLock { $0 }.get()
  }

  private static func sha256(ofFile path: String) throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ChecksumError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { try? file.close() }
    let state = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(state) }
    var succeeds = EVP_DigestInit_ex(state, EVP_sha256(), nil) == 1
    do {
      while let piece = try file.read(upToCount: pieceBytes), !piece.isEmpty {
        succeeds =
          succeeds && piece.withUnsafeBytes { EVP_DigestUpdate(state, $0.baseAddress, $0.count) } == 1
      }
    } catch {
      throw ChecksumError.unreadable(path: path, reason: error.localizedDescription)
    }
    var digest = [UInt8](repeating: 0, count: 32)
    guard succeeds, EVP_DigestFinal_ex(state, &digest, nil) == 1 else {
      throw ChecksumError.unreadable(path: path, reason: "libcrypto refuses to compute SHA-256")
    }
    return digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
