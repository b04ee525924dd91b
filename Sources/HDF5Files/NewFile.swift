import HDF5Shims
import Synchronization

/// A file that is being written.
final class NewFile: Sendable {
  /// The path to name in errors: the final one.
  let path: String
  /// The creation list for links: missing groups on the way are made, and names are UTF-8.
  let linkCreation: Handle
  private let handle: Mutex<Handle?>

  /// Creates the file; must run inside `Library.locked`.
  init(at place: String, shownAs path: String) throws(HDF5Error) {
    self.path = path
    guard let access = Handle(H5Pcreate(hs_file_access_class())),
      let linkCreation = Handle(H5Pcreate(hs_link_creation_class())),
      H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG) >= 0,
      H5Pset_file_locking(access.id, false, true) >= 0,
      H5Pset_create_intermediate_group(linkCreation.id, 1) >= 0,
      H5Pset_char_encoding(linkCreation.id, H5T_CSET_UTF8) >= 0,
      let handle = Handle(H5Fcreate(place, hs_exclusive(), 0, access.id))
    else { throw .notWritable(file: path, path: "/", reason: Library.lastMessage()) }
    self.linkCreation = linkCreation
    self.handle = Mutex(handle)
  }

  /// The identifier to write with.
  var id: hid_t {
    guard let id = handle.withLock({ $0?.id }) else {
      preconditionFailure("a writer of '\(path)' is used after its file was finished")
    }
    return id
  }

  /// Brings everything to the disk and closes; returns what went wrong.
  func close() -> HDF5Error? {
    Library.locked {
      let isWhole = H5Fflush(id, H5F_SCOPE_GLOBAL) >= 0
      var failure = isWhole ? nil : notWritable("/")
      if H5Fclose(id) < 0, failure == nil { failure = notWritable("/") }
      handle.withLock { $0 = nil }
      return failure
    }
  }

  /// The error for a call that has just failed at `path`.
  func notWritable(_ path: String) -> HDF5Error {
    .notWritable(file: self.path, path: path, reason: Library.lastMessage())
  }

  /// Wraps what a call has returned.
  func handle(_ id: hid_t, at path: String) throws(HDF5Error) -> Handle {
    guard let handle = Handle(id) else { throw notWritable(path) }
    return handle
  }
}

extension NewFile {
  /// A data space of these extents; a scalar without any.
  func space(_ shape: [Int], at path: String) throws(HDF5Error) -> Handle {
    let extents = shape.map { hsize_t($0) }
    return try handle(
      shape.isEmpty ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(shape.count), extents, nil), at: path)
  }

  /// The enumeration that h5py uses for truth values.
  func booleanType(at path: String) throws(HDF5Error) -> Handle {
    let type = try handle(H5Tenum_create(hs_native_int8()), at: path)
    for (name, value) in [("FALSE", Int8(0)), ("TRUE", Int8(1))] {
      var value = value
      guard H5Tenum_insert(type.id, name, &value) >= 0 else { throw notWritable(path) }
    }
    return type
  }
}
