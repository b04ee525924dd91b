import Foundation
import HDF5Files
import TensorCore
import Testing
import Training

/// What SciPy and Keras make of the same maps, stored by Scripts/make-augmentation-answers.py.
@Suite struct AffineAnswersTests {
  private static let root: HDF5Group? = Bundle.module
    .url(forResource: "affine", withExtension: "h5", subdirectory: "Resources")
    .flatMap { try? HDF5File(reading: $0.path).root }

  static let cases: [String] = ["scipy", "keras"].flatMap { name in
    ((try? root?.group(name).names()) ?? []).map { "\(name)/\($0)" }
  }

  @Test func casesAreThere() { #expect(Self.cases.count == 16) }

  @Test(arguments: cases)
  func resamplingAgrees(_ name: String) throws {
    let group = try #require(Self.root).group(name)
    let item = try group.dataset("item")
    let expected = try group.dataset("result").doubles()
    let input = Tensor(Shape([1] + item.shape), try item.floats())
    let isKeras = name.hasPrefix("keras")
    let map = isKeras ? try keras(group) : try scipy(group)
    let fill: FillMode =
      switch try text(group, "fill") {
      case "reflect": .reflect
      case "constant": .constant(Float(try numbers(group, isKeras ? "cval" : "value")[0]))
      default: .nearest
      }
    let found = input.augmented(by: [FixedAffine(map: map, fill: fill)])
    let worst = zip(found.values, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(worst < 1e-5, "\(name): \(worst)")
    // The answer is not the input, or the test would say nothing.
    #expect(zip(input.values, expected).contains { abs(Double($0) - $1) > 0.1 })
  }

  private func scipy(_ group: HDF5Group) throws -> AffineMap {
    let shifts = try numbers(group, "shift")
    var map = AffineMap(rank: shifts.count)
    for (axis, flip) in try numbers(group, "flip").enumerated() where flip > 0 { map.flip(axis) }
    map.turn(byQuarters: Int(try numbers(group, "turns")[0]))
    for (axis, factor) in try numbers(group, "zoom").enumerated() { map.zoom(axis, by: factor) }
    let (shear, rotation) = (try numbers(group, "shear")[0], try numbers(group, "rotation")[0])
    if shear != 0 { map.shear(degrees: shear) }
    map.shift(by: shifts)
    if rotation != 0 { map.rotate(degrees: rotation) }
    return map
  }

  private func keras(_ group: HDF5Group) throws -> AffineMap {
    var map = AffineMap(rank: 2)
    let zoom = try numbers(group, "zx")[0]
    for axis in 0..<2 { map.zoom(axis, by: zoom) }
    map.shear(degrees: try numbers(group, "shear")[0])
    map.rotate(degrees: try numbers(group, "theta")[0])
    return map
  }

  private func numbers(_ group: HDF5Group, _ name: String) throws -> [Double] {
    switch try group.attribute(name) {
    case .doubles(let values): values
    case .integers(let values): values.map { Double($0) }
    default: try #require(nil as [Double]?, "\(name)")
    }
  }

  private func text(_ group: HDF5Group, _ name: String) throws -> String {
    guard case .string(let text) = try group.attribute(name) else {
      return try #require(nil as String?, "\(name)")
    }
    return text
  }
}
