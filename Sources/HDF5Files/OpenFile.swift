import Foundation
import HDF5Shims

/// A file that libhdf5 holds open, and the walk along its links.
///
/// Everything here runs inside `Library.locked`.
final class OpenFile: Sendable {
  let path: String
  /// The length of the file in bytes, which bounds what its contents may claim.
  let size: Int
  /// The widths of numbers in the file's own structures.
  let format: Format
  private let handle: Handle
  private let linkAccess: Handle
  private let content: Content
  /// Where the last object was found, because the next one is often its neighbour.
  nonisolated(unsafe) private var recent: (path: String, group: Handle)?

  /// Where the bytes of the file itself are.
  private enum Content {
    /// In the file that libhdf5 reads from, open as long as its handle is.
    case descriptor(Int32)
    /// In memory.
    case image([UInt8])
  }

  /// The widths of numbers in the file's own structures, in bytes, and where its addresses count from.
  struct Format {
    var offsetSize = 0
    var lengthSize = 0
    var base = 0
  }

  init(reading path: String) throws(HDF5Error) {
    size = try Self.length(of: path)
    self.path = path
    let access: Handle
    (access, linkAccess) = try Self.accessLists(path)
    guard H5Pset_fapl_sec2(access.id) >= 0, H5Pset_file_locking(access.id, false, true) >= 0 else {
      throw .damaged(file: path, path: "/", reason: Library.lastMessage())
    }
    guard H5Fis_hdf5(path) > 0 else {
      throw .notHDF5(file: path, found: size == 0 ? "empty" : "\(size) bytes without an HDF5 signature")
    }
    guard let handle = Handle(H5Fopen(path, hs_read_only(), access.id)) else {
      throw .damaged(file: path, path: "/", reason: Library.lastMessage())
    }
    self.handle = handle
    format = try Self.format(of: handle, path: path)
    content = .descriptor(try Self.descriptor(of: handle, access: access, path: path))
  }

  /// Opens a file that is in memory, without anything on disk.
  init(image: [UInt8], path: String) throws(HDF5Error) {
    size = image.count
    self.path = path
    let access: Handle
    (access, linkAccess) = try Self.accessLists(path)
    guard image.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]) else {
      throw .notHDF5(file: path, found: size == 0 ? "empty" : "\(size) bytes without an HDF5 signature")
    }
    // libhdf5 copies the bytes; the increment matters only for files that grow. It takes files in memory for the same when their names
    // are equal, so this one gets a name that no other has while it is open.
    var copy = image
    let name = "\(path) \(UInt(bitPattern: ObjectIdentifier(linkAccess)))"
    guard H5Pset_fapl_core(access.id, 1 << 16, false) >= 0,
      H5Pset_file_image(access.id, &copy, copy.count) >= 0,
      let handle = Handle(H5Fopen(name, hs_read_only(), access.id))
    else { throw .damaged(file: path, path: "/", reason: Library.lastMessage()) }
    self.handle = handle
    format = try Self.format(of: handle, path: path)
    content = .image(image)
  }

  private static func accessLists(_ path: String) throws(HDF5Error) -> (file: Handle, links: Handle) {
    guard let access = Handle(H5Pcreate(hs_file_access_class())),
      let links = Handle(H5Pcreate(hs_link_access_class())), hs_refuse_external_links(links.id) >= 0
    else { throw .damaged(file: path, path: "/", reason: Library.lastMessage()) }
    return (access, links)
  }

  private static func format(of file: Handle, path: String) throws(HDF5Error) -> Format {
    var format = Format()
    var userBlock = hsize_t(0)
    guard let creation = Handle(H5Fget_create_plist(file.id)),
      H5Pget_sizes(creation.id, &format.offsetSize, &format.lengthSize) >= 0,
      H5Pget_userblock(creation.id, &userBlock) >= 0
    else { throw .damaged(file: path, path: "/", reason: Library.lastMessage()) }
    guard [2, 4, 8].contains(format.offsetSize), [2, 4, 8].contains(format.lengthSize) else {
      throw .damaged(file: path, path: "/", reason: "its addresses have \(format.offsetSize) bytes")
    }
    format.base = Int(clamping: userBlock)
    return format
  }

  private static func descriptor(of file: Handle, access: Handle, path: String) throws(HDF5Error) -> Int32 {
    var driver: UnsafeMutableRawPointer?
    guard H5Fget_vfd_handle(file.id, access.id, &driver) >= 0, let driver else {
      throw .damaged(file: path, path: "/", reason: Library.lastMessage())
    }
    return driver.load(as: Int32.self)
  }

  /// Bytes of the file itself.
  ///
  /// - Parameters:
  ///   - address: The first byte, as the file's own structures count.
  ///   - count: How many, no more than the file has.
  ///   - path: What they are read for.
  /// - Returns: The bytes.
  /// - Throws: `HDF5Error` when the file ends before.
  func bytes(at address: Int, count: Int, for path: String) throws(HDF5Error) -> [UInt8] {
    let (start, overflow) = address.addingReportingOverflow(format.base)
    guard !overflow, address >= 0, count <= size, start <= size - count else {
      throw .damaged(file: self.path, path: path, reason: "it points beyond the end of the file")
    }
    let descriptor: Int32
    switch content {
    case .image(let image): return Array(image[start..<(start + count)])
    case .descriptor(let open): descriptor = open
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, count - filled, off_t(start + filled))
      }
      guard read > 0 else {
        throw .damaged(file: self.path, path: path, reason: "its bytes cannot be read")
      }
      filled += read
    }
    return bytes
  }

  /// The length of a regular file that can be read.
  private static func length(of path: String) throws(HDF5Error) -> Int {
    var facts = stat()
    guard !path.contains("\0"), stat(path, &facts) == 0 else { throw .missingFile(file: path) }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      let kind = facts.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a regular file"
      throw .notHDF5(file: path, found: kind)
    }
    guard access(path, R_OK) == 0 else {
      throw .unreadableFile(file: path, reason: String(cString: strerror(errno)))
    }
    return Int(facts.st_size)
  }

  /// The error for a call that has just failed at `path`.
  func damaged(at path: String) -> HDF5Error {
    .damaged(file: self.path, path: path, reason: Library.lastMessage())
  }

  /// Wraps what a call has returned.
  func handle(_ id: hid_t, at path: String) throws(HDF5Error) -> Handle {
    guard let handle = Handle(id) else { throw damaged(at: path) }
    return handle
  }

  /// Opens the object at an absolute path, one link at a time.
  func object(at path: String) throws(HDF5Error) -> Handle {
    var names = Self.components(of: path)
    guard let last = names.popLast() else {
      return try handle(H5Oopen(handle.id, "/", linkAccess.id), at: "/")
    }
    let place = "/" + names.joined(separator: "/")
    if let recent, recent.path == place { return try child(last, of: recent.group, at: place) }
    var current = try handle(H5Oopen(handle.id, "/", linkAccess.id), at: "/")
    var reached = "/"
    for name in names {
      current = try child(name, of: current, at: reached)
      reached = Self.join(reached, name)
    }
    recent = (place, current)
    return try child(last, of: current, at: place)
  }

  /// Opens what a link of a group leads to.
  private func child(_ name: String, of group: Handle, at place: String) throws(HDF5Error) -> Handle {
    try requireGroup(group, at: place)
    let next = Self.join(place, name)
    switch try link(name, of: group, at: place) {
    case H5L_TYPE_HARD: return try handle(H5Oopen(group.id, name, linkAccess.id), at: next)
    case H5L_TYPE_SOFT:
      guard let target = Handle(H5Oopen(group.id, name, linkAccess.id)) else {
        throw .brokenLink(file: path, path: next)
      }
      return target
    default:
      throw .outsideFile(file: path, path: next, found: "a link into another file")
    }
  }

  /// The kind of the link with this name, or an error that says which names there are.
  private func link(_ name: String, of group: Handle, at place: String) throws(HDF5Error) -> H5L_type_t {
    var info = H5L_info_t()
    let exists = name.contains("\0") ? 0 : H5Lexists(group.id, name, linkAccess.id)
    guard exists >= 0 else { throw damaged(at: place) }
    guard exists > 0 else {
      throw .missingObject(
        file: path, path: Self.join(place, name), available: try names(in: group, at: place))
    }
    guard H5Lget_info(group.id, name, &info, linkAccess.id) >= 0 else { throw damaged(at: place) }
    return info.type
  }

  /// Whether a link of this name exists, wherever it leads.
  func hasLink(_ name: String, in group: Handle, at place: String) throws(HDF5Error) -> Bool {
    guard !name.contains("\0") else { return false }
    let exists = H5Lexists(group.id, name, linkAccess.id)
    guard exists >= 0 else { throw damaged(at: place) }
    return exists > 0
  }

  func requireGroup(_ object: Handle, at place: String) throws(HDF5Error) {
    guard H5Iget_type(object.id) == H5I_GROUP else {
      throw .wrongObject(file: path, path: place, expected: "group", found: Self.kind(of: object))
    }
  }

  func requireDataset(_ object: Handle, at place: String) throws(HDF5Error) {
    guard H5Iget_type(object.id) == H5I_DATASET else {
      throw .wrongObject(file: path, path: place, expected: "data set", found: Self.kind(of: object))
    }
  }

  private static func kind(of object: Handle) -> String {
    switch H5Iget_type(object.id) {
    case H5I_GROUP: "group"
    case H5I_DATASET: "data set"
    default: "named type"
    }
  }

  // MARK: - Paths

  /// The names along a path; `.` and empty ones stay where they are.
  static func components(of path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  static func join(_ place: String, _ path: String) -> String {
    "/" + (components(of: place) + components(of: path)).joined(separator: "/")
  }
}
