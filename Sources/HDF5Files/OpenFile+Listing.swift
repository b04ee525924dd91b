import HDF5Shims

extension OpenFile {
  /// How deep `datasetPaths(below:)` goes; Keras nests its groups a handful deep.
  private static let deepestGroup = 256

  /// What the iteration over the links of a group has found so far.
  private final class Listing {
    var links: [(name: String, isHard: Bool)] = []
    var hasUnreadableName = false
    let most: Int

    init(most: Int) { self.most = most }
  }

  /// The links of a group, sorted by name.
  func links(in group: Handle, at place: String) throws(HDF5Error) -> [(name: String, isHard: Bool)] {
    // A link takes at least eight bytes of the file: more of them mean that its index runs in a circle.
    let listing = Listing(most: size / 8)
    let status = H5Literate(
      group.id, H5_INDEX_NAME, H5_ITER_NATIVE, nil,
      { _, name, info, context in
        guard let name, let info, let context else { return -1 }
        let listing = Unmanaged<Listing>.fromOpaque(context).takeUnretainedValue()
        guard let text = String(validatingCString: name), !text.isEmpty else {
          listing.hasUnreadableName = true
          return -1
        }
        guard listing.links.count < listing.most else { return -1 }
        listing.links.append((text, info.pointee.type == H5L_TYPE_HARD))
        return 0
      }, Unmanaged.passUnretained(listing).toOpaque())
    guard !listing.hasUnreadableName else { throw .notText(file: path, path: "a name in \(place)") }
    guard listing.links.count < listing.most else {
      throw .damaged(file: path, path: place, reason: "its list of names does not end")
    }
    guard status >= 0 else { throw damaged(at: place) }
    return listing.links.sorted { $0.name < $1.name }
  }

  /// The names in a group, sorted.
  func names(in group: Handle, at place: String) throws(HDF5Error) -> [String] {
    try links(in: group, at: place).map(\.name)
  }

  /// The paths of all data sets below a group, sorted.
  ///
  /// Hard links only, every group once, and a bounded depth, so that no circle, ladder or chain of links can grow.
  func datasetPaths(below place: String) throws(HDF5Error) -> [String] {
    var visited: Set<haddr_t> = []
    var waiting = [place]
    var found: [String] = []
    while let place = waiting.popLast() {
      let group = try object(at: place)
      try requireGroup(group, at: place)
      guard visited.insert(try address(of: group, at: place)).inserted else { continue }
      for link in try links(in: group, at: place) where link.isHard {
        let path = Self.join(place, link.name)
        let child = try handle(H5Oopen(group.id, link.name, 0), at: path)
        switch H5Iget_type(child.id) {
        case H5I_GROUP:
          guard Self.components(of: path).count <= Self.deepestGroup else {
            throw .damaged(
              file: self.path, path: place, reason: "groups are nested deeper than \(Self.deepestGroup)")
          }
          waiting.append(path)
        case H5I_DATASET: found.append(path)
        default: continue
        }
      }
    }
    return found.sorted()
  }

  /// Where an object is in the file, which tells objects apart that many links lead to.
  func address(of object: Handle, at place: String) throws(HDF5Error) -> haddr_t {
    var facts = H5O_info_t()
    guard H5Oget_info2(object.id, &facts, UInt32(H5O_INFO_BASIC)) >= 0 else { throw damaged(at: place) }
    return facts.addr
  }
}
