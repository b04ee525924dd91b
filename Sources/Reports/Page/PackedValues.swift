import Foundation

/// Numbers as the page embeds them: few as they are, many in 65,536 steps between the least and the largest.
struct PackedValues: Encodable {
  /// 32-bit floating-point numbers, little-endian, in base64.
  var f32: String?
  /// 16-bit numbers of steps above `low`, little-endian, in base64.
  var u16: String?
  var low: Double?
  var step: Double?

  /// More numbers than this are rounded to steps.
  static let mostExact = 4096

  /// Packs numbers, all of them finite.
  init(_ values: [Float]) {
    guard values.count > Self.mostExact else {
      f32 = Self.base64(values.map(\.bitPattern.littleEndian))
      return
    }
    let least = Double(values.min() ?? 0)
    let size = (Double(values.max() ?? 0) - least) / 65_535
    u16 = Self.base64(
      values.map { UInt16(size > 0 ? ((Double($0) - least) / size).rounded() : 0).littleEndian })
    (low, step) = (least, size)
  }

  private static func base64<Value>(_ values: [Value]) -> String {
    values.withUnsafeBytes { Data($0) }.base64EncodedString()
  }
}
