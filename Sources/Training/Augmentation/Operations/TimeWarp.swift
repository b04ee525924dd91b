import Foundation
import TensorCore

/// Stretches some stretches of an item and squeezes others, smoothly; the ends stay where they are.
///
///     y[i] = x at i + strength (n - 1) sum over j = 1...waves of a_j sin(pi j i / (n - 1)) / j,   a_j from -1 to 1
///
/// Values between samples are interpolated linearly. With several spatial axes each is warped by a curve of its own.
public struct TimeWarp: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "warp"

  /// The farthest that one wave moves a sample, as a share of the extent.
  public let strength: Double
  /// The number of waves in the curve.
  public let waves: Int

  /// Creates the operation.
  ///
  /// - Parameters:
  ///   - strength: The farthest that one wave moves a sample, as a share of the extent: from 0 to `1 / (pi waves)`, which keeps samples in their order.
  ///   - waves: The number of waves in the curve, 1 to 16.
  /// - Throws: `AugmentationError.setting` when one is outside its range.
  public init(strength: Double, waves: Int = 3) throws(AugmentationError) {
    try Self.require("waves", Double(waves), in: 1...16)
    try Self.require("strength", strength, in: 0...((100 / Double.pi / Double(waves)).rounded(.down) / 100))
    self.strength = strength
    self.waves = waves
  }

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] {
    [("strength", .number(strength)), ("waves", .number(Double(waves)))]
  }

  /// Warps an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    for (axis, extent) in item.spatial.enumerated() {
      let heights = (1...waves).map { strength * random.uniform(in: -1...1) / Double($0) }
      guard extent > 1 else { continue }
      let step = item.step(along: axis)
      let last = Double(extent - 1)
      let source = item.copied()
      for position in 1..<(extent - 1) {
        let angle = Double.pi * Double(position) / last
        var place = Double(position)
        for (wave, height) in heights.enumerated() { place += last * height * sin(Double(wave + 1) * angle) }
        place = min(max(place, 0), last)
        let low = min(Int(place), extent - 2)
        let weight = Float(place - Double(low))
        for run in stride(from: 0, to: item.values.count, by: extent * step) {
          for index in run..<(run + step) {
            let (left, right) = (source[index + low * step], source[index + (low + 1) * step])
            item.values[index + position * step] = left * (1 - weight) + right * weight
          }
        }
      }
    }
  }
}
