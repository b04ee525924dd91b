import Foundation
import HDF5Files
import Testing

/// Files that Keras wrote, versions 2.0.5 to 3.12.
@Suite struct ReferenceFileTests {
  private static func files(in folder: String) -> [String] {
    guard let reference = Fixtures.reference else {
      print("skipped: Keras files of \(folder)/, no reference material")
      return []
    }
    let place = reference.appendingPathComponent(folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.filter { $0.hasSuffix(".h5") }.sorted().map { "\(place)/\($0)" }
  }

  @Test(arguments: files(in: "models") + files(in: "zoo"))
  func configurationAndWeightsAreReadable(path: String) throws {
    let root = try HDF5File(reading: path).root
    let configuration = try #require(try root.attribute("model_config")?.text)
    #expect(try JSONSerialization.jsonObject(with: Data(configuration.utf8)) is [String: Any])
    let weights = try root.group("model_weights")
    let layers = try #require(try weights.attribute("layer_names")?.texts)
    #expect(!layers.isEmpty)
    var named = 0
    for layer in layers {
      let group = try weights.group(layer)
      let names = try #require(try group.attribute("weight_names")?.texts)
      for name in names {
        let dataset = try group.dataset(name)
        let values = try dataset.floats()
        #expect(values.count == dataset.shape.reduce(1, *))
        #expect(values.allSatisfy { $0.isFinite })
      }
      named += names.count
    }
    #expect(try weights.datasets().count == named)
    #expect(try root.attributeNames().contains("model_config"))
  }

  @Test(.enabled(if: Fixtures.reference != nil))
  func readsAKernelAsItIs() throws {
    let reference = try #require(Fixtures.reference)
    let file = try HDF5File(reading: reference.appendingPathComponent("models/MNIST1D.h5").path)
    let kernel = try file.root.dataset("model_weights/conv1d/conv1d/kernel:0")
    #expect(kernel.shape == [5, 1, 25])
    #expect(try kernel.floats(rows: 4..<5) == Array(kernel.floats()[100...]))
    #expect(try file.root.attribute("keras_version") == .string("2.4.0"))
    #expect(try file.root.attribute("backend") == .string("tensorflow"))
  }
}
