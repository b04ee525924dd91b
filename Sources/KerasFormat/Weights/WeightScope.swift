import HDF5Files

/// Where a file keeps the weights of a layer, or of a model with its layers.
struct WeightScope {
  /// How weights are found.
  enum Layout {
    /// By the names of the layers: `model.h5` of every version.
    case named(root: HDF5Group)
    /// By the classes of the layers and their order: `model.weights.h5` of version 3 of the format.
    case numbered(root: HDF5Group)
    /// The file has no weights of this layer.
    case absent
    /// There is no file with weights: all of them are zero.
    case zeros
  }

  /// How weights are found.
  let layout: Layout
  /// The file, for messages.
  let file: String
  /// The names of the layer and of the models around it, outermost first.
  let path: [String]
  /// The names of the groups that hold it, outermost first, where the layout is by number.
  let folders: [String]
  /// Whether kernels of convolutions are turned round: Keras on Theano wrote them as it convolves, all others as they correlate.
  let isMirrored: Bool

  /// The weights of a whole file.
  ///
  /// - Parameters:
  ///   - root: The group `/`.
  ///   - file: The file, for messages.
  /// - Throws: `KerasFormatError` when the file is damaged.
  init(ofFile root: HDF5Group, named file: String) throws(KerasFormatError) {
    let weights = try root.groupIfPresent("model_weights")
    let isNumbered =
      weights == nil && Self.containers.contains { root.contains($0) } && !root.contains("layer_names")
    let names = try reading { () throws(HDF5Error) in try root.texts("layer_names") }
    layout = isNumbered && names.isEmpty ? .numbered(root: root) : .named(root: weights ?? root)
    let backend = try reading { () throws(HDF5Error) in try (weights ?? root).attribute("backend") }
    isMirrored = backend?.text == "theano"
    self.file = file
    path = []
    folders = []
  }

  /// The weights of an architecture, all of them zero.
  ///
  /// - Parameter file: The file of the architecture, for messages.
  init(zerosFor file: String) {
    layout = .zeros
    self.file = file
    isMirrored = false
    path = []
    folders = []
  }

  /// Where the layers that stand in the file at several places have their weights: in an archive, only where they come first.
  private var shared: [String: WeightScope] = [:]

  private init(_ layout: Layout, in whole: WeightScope, path: [String], folders: [String]) {
    self.layout = layout
    file = whole.file
    isMirrored = whole.isMirrored
    shared = whole.shared
    self.path = path
    self.folders = folders
  }

  /// The groups in which models keep their layers; the second name is that of Keras 2.12.
  private static let containers = ["layers", "_layer_checkpoint_dependencies"]

  /// What tells this layer from all others, however often models are used.
  var key: String { path.joined(separator: "\n") }

  /// The scopes of the layers of a model that this is the scope of.
  ///
  /// - Parameter members: The layers in the order of the file.
  /// - Returns: One scope for each.
  func scopes(of members: [NetworkConfiguration.Member]) -> [WeightScope] {
    places(of: members).map { place in
      guard let first = shared[place.key] else { return place }
      return WeightScope(first.layout, in: self, path: first.path, folders: first.folders)
    }
  }

  /// The scope of a model that knows where its layers that stand at several places come first.
  ///
  /// - Parameter network: The model.
  /// - Returns: The scope.
  func findingShared(in network: NetworkConfiguration) -> WeightScope {
    guard case .numbered(let root) = layout else { return self }
    var finding = SharedFinding(root: root)
    finding.visit(network, at: self)
    var found = self
    found.shared = finding.shared
    return found
  }

  /// A walk as Keras makes it when it writes weights: every layer, and what is inside it, before the next.
  private struct SharedFinding {
    let root: HDF5Group
    /// The places at which there are no weights, and the places that have them.
    var shared: [String: WeightScope] = [:]
    private var byID: [Int: WeightScope] = [:]
    private var byName: [String: WeightScope] = [:]

    init(root: HDF5Group) { self.root = root }

    mutating func visit(_ network: NetworkConfiguration, at place: WeightScope) {
      for (member, scope) in zip(network.members, place.places(of: network.members)) {
        let name = "\(member.configuration.layerClass)\n\(member.configuration.name)"
        let hasGroup = root.contains(scope.folders.joined(separator: "/"))
        // Keras 2 leaves the numbers out; then a layer without a group is one of its class and name that has one.
        if let first = member.sharedID.flatMap({ byID[$0] }) ?? (hasGroup ? nil : byName[name]) {
          shared[scope.key] = first
          continue
        }
        if let id = member.sharedID { byID[id] = scope }
        if hasGroup { byName[name] = scope }
        if let inner = member.network { visit(inner, at: scope) }
      }
    }
  }

  private func places(of members: [NetworkConfiguration.Member]) -> [WeightScope] {
    guard case .numbered(let root) = layout else {
      return members.map { WeightScope(layout, in: self, path: path + [$0.configuration.name], folders: []) }
    }
    let place = folders.joined(separator: "/")
    let container = Self.containers.first { root.contains(place.isEmpty ? $0 : "\(place)/\($0)") }
    var counts: [String: Int] = [:]
    return members.map { member in
      let path = path + [member.configuration.name]
      let layerClass = member.configuration.layerClass
      guard let container, !layerClass.hasPrefix(OperationReader.classPrefix) else {
        return WeightScope(.absent, in: self, path: path, folders: [])
      }
      let name = Self.folderName(of: layerClass)
      let number = counts[name, default: 0]
      counts[name] = number + 1
      // The older container lists layers that have weights twice, and counts both.
      let position = container == Self.containers[0] ? number : 2 * number
      let folder = position == 0 ? name : "\(name)_\(position)"
      return WeightScope(layout, in: self, path: path, folders: folders + [container, folder])
    }
  }

  /// The name of the group of the next layer of a class: numbered from the second one on.
  ///
  /// - Parameters:
  ///   - layerClass: The class.
  ///   - counts: How many groups of every name there are already.
  /// - Returns: The name.
  static func folderName(of layerClass: String, counting counts: inout [String: Int]) -> String {
    let name = folderName(of: layerClass)
    let number = counts[name, default: 0]
    counts[name] = number + 1
    return number == 0 ? name : "\(name)_\(number)"
  }

  /// The name of a class in the form of Keras's groups: `BatchNormalization` is `batch_normalization`, `Conv1D` is `conv1d`.
  static func folderName(of layerClass: String) -> String {
    // The one class whose public name, which the configuration has, is not that of its code.
    if layerClass.hasSuffix("GroupQueryAttention") { return "grouped_query_attention" }
    let letters = Array(
      (layerClass.split(separator: ">").last ?? "").filter { $0.isLetter || $0.isNumber || $0 == "_" })
    var name = ""
    for (index, letter) in letters.enumerated() {
      let next = index + 1 < letters.count ? letters[index + 1] : " "
      if index > 0, letter.isUppercase, letters[index - 1].isLowercase || next.isLowercase { name += "_" }
      name += letter.lowercased()
    }
    return name
  }
}
