/// A file format that images are read from.
public enum ImageFormat: String, Sendable, CaseIterable {
  /// Portable Network Graphics.
  case png = "PNG"
  /// Tagged Image File Format, classic and BigTIFF.
  case tiff = "TIFF"
  /// The JPEG File Interchange Format and its relatives.
  case jpeg = "JPEG"

  /// The number of bytes that tell the formats apart.
  static let signatureLength = 8

  /// The format that a file's first bytes belong to; `nil` for any other file.
  init?(firstBytes: [UInt8]) {
    let format = Self.allCases.first { format in
      format.signatures.contains { firstBytes.starts(with: $0) }
    }
    guard let format else { return nil }
    self = format
  }

  private var signatures: [[UInt8]] {
    switch self {
    case .png: [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]]
    case .tiff:
      [
        [0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A],
        [0x49, 0x49, 0x2B, 0x00], [0x4D, 0x4D, 0x00, 0x2B],
      ]
    case .jpeg: [[0xFF, 0xD8, 0xFF]]
    }
  }
}
