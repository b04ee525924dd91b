import HDF5Files

/// Weights of Keras 1, which are known by their order: their names, such as `convolution2d_1_W`, were the users' to choose.
final class OrderedWeights: WeightNames {
  /// The names, in the order in which Keras 1 created the weights.
  let names: [String]
  private let group: HDF5Group
  private var next = 0
  private var known: [String: HDF5Dataset] = [:]

  /// What the names of weights end with, behind the name of their layer.
  private static let endings: Set = [
    "W", "b", "U", "gamma", "beta", "running_mean", "running_std", "alphas", "W_i", "U_i", "b_i", "W_c",
    "U_c",
    "b_c", "W_f", "U_f", "b_f", "W_o", "U_o", "b_o", "W_z", "U_z", "b_z", "W_r", "U_r", "b_r", "W_h", "U_h",
    "b_h",
  ]

  private init(listed names: [String], below group: HDF5Group) {
    self.names = names
    self.group = group
  }

  /// Opens the group of a layer.
  ///
  /// - Parameters:
  ///   - path: The names of the layer and of the models around it, outermost first.
  ///   - root: The group that has one group per layer.
  /// - Throws: `KerasFormatError` when the file is damaged.
  ///
  /// Fails where there are no weights, or they have the names that they have since Keras 2, such as `conv/kernel:0`.
  convenience init?(_ path: [String], in root: HDF5Group) throws(KerasFormatError) {
    guard let group = try root.groupIfPresent(path[0]) else { return nil }
    let listed = try reading { () throws(HDF5Error) in try group.texts("weight_names") }
    guard !listed.isEmpty, !listed.contains(where: { $0.contains("/") }) else { return nil }
    // A model has the weights of all its layers.
    self.init(
      listed: path.count > 1 ? Self.names(of: path[path.count - 1], in: listed) : listed, below: group)
  }

  /// The names of the weights of a layer.
  private static func names(of layer: String, in listed: [String]) -> [String] {
    listed.filter { name in
      let plain = name.split(separator: ":").first ?? ""
      return plain.hasPrefix("\(layer)_") && endings.contains(String(plain.dropFirst(layer.count + 1)))
    }
  }

  /// The next weight, whatever its name.
  func dataset(_ name: String) throws(KerasFormatError) -> HDF5Dataset? {
    if let dataset = known[name] { return dataset }
    guard next < names.count else { return nil }
    let dataset = try reading { () throws(HDF5Error) in try group.dataset(names[next]) }
    next += 1
    known[name] = dataset
    return dataset
  }

  /// Those at some places, or those of a layer by its name, or all where none has it.
  func part(_ part: WeightPart, in folders: [String]) -> any WeightNames {
    switch part {
    case .places(let range):
      return OrderedWeights(listed: Array(names[range.clamped(to: names.indices)]), below: group)
    case .named(let layer):
      let own = Self.names(of: layer, in: names)
      return OrderedWeights(listed: own.isEmpty ? names : own, below: group)
    }
  }
}
