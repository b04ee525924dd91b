import HDF5Files

/// Does something with an HDF5 file and reports its errors as ours.
func reading<Result>(_ body: () throws(HDF5Error) -> Result) throws(KerasFormatError) -> Result {
  do {
    return try body()
  } catch {
    throw .file(error)
  }
}

extension HDF5Group {
  /// A group below this one, or `nil` where there is nothing of that name.
  func groupIfPresent(_ path: String) throws(KerasFormatError) -> HDF5Group? {
    do {
      return try group(path)
    } catch .missingObject {
      return nil
    } catch {
      throw .file(error)
    }
  }

  /// An attribute that lists texts; absent or of another kind it lists none.
  ///
  /// Keras writes an empty list as numbers, and a list that is too long for one attribute as `name0`, `name1`, ...
  func texts(_ name: String) throws(HDF5Error) -> [String] {
    if let whole = try attribute(name) { return whole.texts ?? [] }
    var texts: [String] = []
    var part = 0
    while let next = try attribute("\(name)\(part)") {
      texts += next.texts ?? []
      part += 1
    }
    return texts
  }
}
