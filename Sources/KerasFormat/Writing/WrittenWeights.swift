import HDF5Files

/// Weights as Keras 2 lays them out below `model_weights`, which Keras 3 reads as well.
enum WrittenWeights {
  /// The version that files are written as.
  static let kerasVersion = "2.15.0"

  /// The most bytes of one list of names; Keras splits longer ones.
  private static let listLimit = 64_512

  /// Notes the version and the backend at a group.
  static func mark(_ group: HDF5GroupWriter) throws {
    try group.setAttribute("keras_version", to: .string(kerasVersion))
    try group.setAttribute("backend", to: .string("tensorflow"))
  }

  /// Writes a group per layer, and the lists of names that say their order.
  static func write(_ members: [WrittenMember], to group: HDF5GroupWriter) throws {
    try mark(group)
    try writeList(members.map(\.name), as: "layer_names", to: group)
    for member in members {
      let place = try group.group(member.name)
      let names = member.layer.weights.map { "\(member.name)/\($0.name):0" }
      try writeList(names, as: "weight_names", to: place)
      for (name, weight) in zip(names, member.layer.weights) {
        try place.write(weight.values.values, shape: weight.values.shape.extents, to: name)
      }
    }
  }

  /// Writes names as texts of equal length, in as many attributes as they need; no names as no numbers, as Keras does.
  private static func writeList(_ names: [String], as attribute: String, to group: HDF5GroupWriter) throws {
    guard let longest = names.map(\.utf8.count).max() else {
      return try group.setAttribute(attribute, to: .doubles([]))
    }
    let most = max(1, listLimit / max(1, longest))
    guard names.count > most else {
      return try group.setAttribute(attribute, to: .strings(names), layout: .fixed)
    }
    for (part, start) in stride(from: 0, to: names.count, by: most).enumerated() {
      let names = Array(names[start..<min(start + most, names.count)])
      try group.setAttribute("\(attribute)\(part)", to: .strings(names), layout: .fixed)
    }
  }
}
