import Foundation
import HDF5Files
import Testing

@Suite struct HDF5CompressionTests {
  @Test(arguments: [[100_000], [3, 50_000], [50_000, 3], [2, 2, 40_000], [1, 1, 90_000]])
  func chunksFollowTheShape(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let values = (0..<count).map { Double($0 % 100) }
    try Fixtures.withFolder { folder in
      let path = folder.appendingPathComponent("x.h5")
      try HDF5File.write(to: path.path) { try $0.write(values, shape: shape, to: "x", compression: .gzip) }
      // Eight bytes each as they are; a hundred values over and over pack at least tenfold.
      let size = try #require(FileManager.default.attributesOfItem(atPath: path.path)[.size] as? Int)
      #expect(size < count * 8 / 10)
      #expect(try HDF5File(reading: path.path).root.dataset("x").doubles() == values)
    }
  }
}
