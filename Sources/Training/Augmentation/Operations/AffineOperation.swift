import Foundation
import TensorCore

/// Flips, turns, rotates, shears, shifts and zooms an item, all by one resampling with linear interpolation.
///
/// The output at a place `v`, taken from the middle of the item, is the input at
///
///     R (t + S Z Q F v)
///
/// with flips `F`, quarter turns `Q`, a zoom `Z`, a shear `S`, a shift `t` and a rotation `R`. Rotation, shear and turns are in the plane of the last
/// two spatial axes (x the last, y the one before), flips, shifts and zooms along every axis:
///
///     R = [[cos a, -sin a], [sin a, cos a]],  S = [[1, -sin b], [0, cos b]]   over (x, y)
///
/// The conventions are those of Keras's `ImageDataGenerator`, with angles in degrees and a factor of `Z` above 1 showing more of the item.
/// Checked against: `scipy.ndimage.affine_transform` and Keras's `apply_affine_transform`.
public struct AffineOperation: AugmentationOperation, Equatable {
  /// The name in recipes.
  public static let id = "affine"

  /// How likely a flip of each spatial axis is, 0 to 1: one number for all axes, or one for each.
  public var flip: [Double] = [0]
  /// Whether the item is turned by 0, 90, 180 or 270 degrees, all equally likely.
  public var quarterTurns = false
  /// The largest rotation in degrees, in both directions, 0 to 180.
  public var rotation = 0.0
  /// The largest shear in degrees, in both directions, 0 to 80.
  public var shear = 0.0
  /// The farthest shift as a share of the extent, in both directions, 0 to 1: one number for all axes, or one for each.
  public var shift: [Double] = [0]
  /// The factors of the zoom, drawn for every axis, 0.01 to 100; above 1 things get smaller.
  public var zoom: ClosedRange<Double> = 1...1
  /// What is outside of the item.
  public var fill = FillMode.nearest

  /// Creates an operation that leaves items as they are.
  public init() {}

  /// The settings by their names in recipes.
  public var settings: [(name: String, value: AugmentationSetting)] {
    var settings: [(name: String, value: AugmentationSetting)] = [
      ("flip", flip.count == 1 ? .number(flip[0]) : .numbers(flip)), ("quarter-turns", .flag(quarterTurns)),
      ("rotation", .number(rotation)), ("shear", .number(shear)),
      ("shift", shift.count == 1 ? .number(shift[0]) : .numbers(shift)), ("zoom", .numbers(zoom.ends)),
      ("fill", .word(fill.name)),
    ]
    if case .constant(let value) = fill { settings.append(("value", .number(Double(value)))) }
    return settings
  }

  /// Checks the settings, and that items of a shape have the axes for them.
  ///
  /// - Parameter item: `[1, spatial..., channels]`.
  /// - Throws: `AugmentationError` when a setting is outside its range or the items have too few axes.
  public func check(_ item: Shape) throws(AugmentationError) {
    try checkSettings()
    let spatial = item.spatial
    for (name, values) in [("flip", flip), ("shift", shift)]
    where values.count != 1 && values.count != spatial.count {
      throw .setting(
        operation: Self.id, name: name,
        expected: "one number, or one for each of \(spatial.count) spatial axes",
        found: "\(values.count) numbers")
    }
    for (name, isUsed) in [("quarter-turns", quarterTurns), ("rotation", rotation > 0), ("shear", shear > 0)]
    where isUsed && spatial.count < 2 {
      throw .axes(operation: Self.id, setting: name, expected: 2, found: spatial.count)
    }
    if quarterTurns, spatial[spatial.count - 2] != spatial[spatial.count - 1] {
      throw .notSquare(height: spatial[spatial.count - 2], width: spatial[spatial.count - 1])
    }
  }

  /// Checks the settings against their ranges.
  ///
  /// - Throws: `AugmentationError.setting` for the first that is outside.
  public func checkSettings() throws(AugmentationError) {
    for probability in flip { try Self.require("flip", probability, in: 0...1) }
    for share in shift { try Self.require("shift", share, in: 0...1) }
    try Self.require("rotation", rotation, in: 0...180)
    try Self.require("shear", shear, in: 0...80)
    try Self.require("zoom", zoom, in: 0.01...100)
    if case .constant(let value) = fill { try Self.require("value", Double(value), in: -1e9...1e9) }
  }

  /// Resamples an item.
  public func apply(to item: AugmentedItem, random: inout AugmentationRandom) {
    let map = drawn(for: item.spatial, &random)
    if !map.isIdentity { map.resample(item, fill: fill) }
  }

  /// Draws a map; every setting that is used draws, in the order of the settings.
  private func drawn(for spatial: [Int], _ random: inout AugmentationRandom) -> AffineMap {
    var map = AffineMap(rank: spatial.count)
    let axes = spatial.indices
    for axis in axes where (flip.count == 1 ? flip[0] : flip[axis]) > 0 {
      if random.uniform() < (flip.count == 1 ? flip[0] : flip[axis]) { map.flip(axis) }
    }
    if quarterTurns { map.turn(byQuarters: random.integer(below: 4)) }
    let angle = rotation > 0 ? random.uniform(in: -rotation...rotation) : 0
    let slant = shear > 0 ? random.uniform(in: -shear...shear) : 0
    let shifts = axes.map { axis in
      let share = shift.count == 1 ? shift[0] : shift[axis]
      return share > 0 ? random.uniform(in: -share...share) * Double(spatial[axis]) : 0
    }
    if zoom != 1...1 { for axis in axes { map.zoom(axis, by: random.uniform(in: zoom)) } }
    if slant != 0 { map.shear(degrees: slant) }
    map.shift(by: shifts)
    if angle != 0 { map.rotate(degrees: angle) }
    return map
  }
}
