import Foundation
import HDF5Files
import TestSupport
import Testing

/// Files in memory against the same files on disk.
@Suite struct HDF5ImageTests {
  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(name))))
  }

  /// Texts of variable length are followed by us, all else is read by libhdf5.
  @Test func attributesAreThoseOfTheFile() throws {
    let image = try HDF5File(image: bytes("attributes.h5"), path: "a.keras/x").root.group("attributes")
    let disk = try Fixtures.open("attributes.h5").root.group("attributes")
    let names = try disk.attributeNames()
    #expect(try names.count > 10 && image.attributeNames() == names)
    // Two of them are of types that are refused, from a file as from memory.
    for name in names { #expect((try? image.attribute(name)) == (try? disk.attribute(name)), "\(name)") }
  }

  @Test func dataAreThoseOfTheFile() throws {
    let image = try HDF5File(image: bytes("keras.h5"), path: "a.keras/x").root.datasets()
    let disk = try Fixtures.open("keras.h5").root.datasets()
    #expect(!disk.isEmpty && image.map(\.path) == disk.map(\.path))
    for (a, b) in zip(image, disk) where b.elementType.isNumeric { #expect(try a.doubles() == b.doubles()) }
  }

  /// libhdf5 takes files for the same by their names, so those of equal names must not be mixed up.
  @Test func filesOfOneNameAreDifferentFiles() throws {
    let first = try HDF5File(image: bytes("keras.h5"), path: "model.weights.h5")
    let second = try HDF5File(image: bytes("attributes.h5"), path: "model.weights.h5")
    #expect(try first.root.names() != second.root.names())
  }

  @Test func refusesWhatIsNoFile() throws {
    #expect(
      sentence { _ = try HDF5File(image: [], path: "a.keras/x") }
        == "'a.keras/x' is not an HDF5 file but empty; name a file that Keras or h5py saved as .h5")
    let cut = try Array(bytes("keras.h5").prefix(600))
    #expect(throws: HDF5Error.self) { try HDF5File(image: cut, path: "a.keras/x") }
  }
}
