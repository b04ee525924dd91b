import Foundation
import HDF5Shims

extension OpenFile {
  /// What the iteration over the attributes of an object has found so far.
  private final class Listing {
    var names: [String] = []
    var hasUnreadableName = false
  }

  /// The names of the attributes of an object, sorted.
  func attributeNames(of object: Handle, at path: String) throws(HDF5Error) -> [String] {
    // libhdf5 1.10 crashes when it lists attributes of which one cannot be decoded. Looking for a name that no file
    // can hold decodes all of them, and that may fail.
    guard H5Aexists(object.id, UUID().uuidString) == 0 else { throw damaged(at: path) }
    let listing = Listing()
    let status = H5Aiterate2(
      object.id, H5_INDEX_NAME, H5_ITER_NATIVE, nil,
      { _, name, _, context in
        guard let name, let context else { return -1 }
        let listing = Unmanaged<Listing>.fromOpaque(context).takeUnretainedValue()
        guard let text = String(validatingCString: name) else {
          listing.hasUnreadableName = true
          return -1
        }
        listing.names.append(text)
        return 0
      }, Unmanaged.passUnretained(listing).toOpaque())
    guard !listing.hasUnreadableName else {
      throw .notText(file: self.path, path: "an attribute's name at \(path)")
    }
    guard status >= 0 else { throw damaged(at: path) }
    return listing.names.sorted()
  }

  /// The value of an attribute of an object; nil when there is none.
  func attribute(
    _ name: String, of object: Handle, at path: String
  ) throws(HDF5Error) -> HDF5Attribute? {
    let place = "attribute '\(name)' of \(path)"
    guard !name.isEmpty, !name.contains("\0") else { return nil }
    let exists = H5Aexists(object.id, name)
    guard exists >= 0 else { throw damaged(at: place) }
    guard exists > 0 else { return nil }
    let attribute = try handle(H5Aopen(object.id, name, 0), at: place)
    return try StoredAttribute(attribute, in: self, at: place).value()
  }
}
