import Datasets
import Explainers
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Maps of the reference networks against float64 automatic differentiation.
///
/// A ReLU or a maximum that float32 decides otherwise than float64 changes a map by more than rounding does. On the way from the zero
/// baseline to a tissue tile, where the network's answer hardly depends on the position, such near ties are many. TensorFlow in float32
/// differs from float64 by up to 1.6e-4 of the largest value for the gradient of the tiles, and by 2.4e-3, 1.4e-3 and 0.9e-3 for
/// integrated gradients (logit, 20 Gauss-Legendre nodes); for the tissue network these methods have bounds of their own.
@Suite struct GoldenMapsTests {
  @Test(arguments: ["mnist1d", "hmt"])
  func mapsAgreeWithFloat64(network: String) throws {
    let names = ["mnist1d": "MNIST1D", "hmt": "HMT"]
    guard isOptimized || network == "mnist1d", let name = names[network],
      let answersPath = Reference.path("golden/\(network).h5"),
      let modelPath = Reference.path("models/\(name).h5")
    else { return }
    let model = try Model(keras: modelPath)
    let answers = try HDF5File(reading: answersPath).root
    let inputs = try answers.dataset("input")
    let items = min(inputs.shape[0], isOptimized ? .max : 4)
    let input = Tensor(Shape(inputs.shape), try inputs.floats())

    var all = MapComparison()
    for space in ScoreSpace.allCases {
      let group = try answers.group(space.rawValue)
      for (label, method) in try methods(in: group) {
        let dataset = try group.dataset(label)
        let expected = try dataset.floats()
        let size = dataset.shape.dropFirst().reduce(1, *)
        var comparison = MapComparison()
        for item in 0..<items {
          let found = try model.explain(input.item(item), with: method, for: Target(.top, in: space))
          let map = found.layerMap ?? found.map
          let right = Array(expected[(item * size)..<((item + 1) * size)])
          comparison.add(map.values, right)
          all.add(map.values, right)
        }
        print("\(network) \(space.rawValue) \(label): \(comparison)")
        let bound = Self.bound(for: label, of: network)
        #expect(comparison.worst <= bound, "\(network) \(space.rawValue) \(label)")
      }
    }
    print("\(network), all maps: \(all)")
  }

  /// The maps that the course's own code made of three tiles with TensorFlow in float32, which resizes by `scipy.ndimage.zoom`.
  @Test(.enabled(if: isOptimized)) func theCourseVariantIsThatOfTheCourse() throws {
    guard let answers = Reference.path("golden/hmt_course_maps.npz"),
      let modelPath = Reference.path("models/HMT.h5")
    else { return }
    let model = try Model(keras: modelPath)
    let arrays = try ArrayFile(contentsOf: answers)
    let tiles = try arrays.array(named: "x224").tensor().map { $0 / 255 }
    let targets = try arrays.array(named: "target").floats().map { Int($0) }
    let expected = try arrays.array(named: "grad_cam").floats()
    let method = GradCAM(
      FeatureMapOptions(layers: ["max_pooling2d_1"], interpolation: .cubicSpline), variant: .course)
    var comparison = MapComparison()
    for (item, target) in targets.enumerated() {
      let found = try model.explain(
        tiles.item(item), with: method, for: Target(.index(target), in: .probability))
      let size = found.map.count
      comparison.add(found.map.values, Array(expected[(item * size)..<((item + 1) * size)]))
    }
    print("hmt, Grad-CAM of the course: \(comparison)")
    #expect(comparison.worst <= 1e-3)
  }

  /// The largest error allowed, as a share of the map's largest value.
  private static func bound(for map: String, of network: String) -> Double {
    // Where gradients of both signs make the denominators of Grad-CAM++ nearly zero the last bits of 32 decide; not so in the last layers.
    if map.hasPrefix("grad-cam-plus-plus"), !map.hasSuffix("conv2d_3"), !map.hasSuffix("max_pooling2d_1") {
      return network == "hmt" ? 0.1 : 1e-2
    }
    guard network == "hmt" else { return 1e-4 }
    return map.hasPrefix("integrated-gradients") ? 5e-3 : map == "gradient" ? 1e-3 : 1e-4
  }

  private func methods(in group: HDF5Group) throws -> [(String, any Explainer)] {
    var methods: [(String, any Explainer)] = [("gradient", .gradient)]
    for layer in try group.group("grad-cam").names() {
      methods.append(("grad-cam/\(layer)", .gradCAM(at: layer)))
    }
    for layer in try group.group("grad-cam-plus-plus").names() {
      methods.append(("grad-cam-plus-plus/\(layer)", .gradCAMPlusPlus(at: layer, variant: .sumOfProducts)))
    }
    for name in try group.group("integrated-gradients").names() {
      let cut = try #require(name.lastIndex(of: "-"))
      let rule = try #require(PathRule(rawValue: String(name[..<cut])))
      let steps = try #require(Int(name[name.index(after: cut)...]))
      methods.append(("integrated-gradients/\(name)", .integratedGradients(steps: steps, rule: rule)))
    }
    return methods
  }
}
