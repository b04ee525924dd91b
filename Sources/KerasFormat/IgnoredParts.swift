/// What a file holds that has no influence on answers, or that is computed otherwise than it says.
enum IgnoredParts {
  /// What is said of a training configuration.
  static let training = "loss, metrics and optimizer are used only in training and were left out"
  /// What is said of convolutions that Keras 1 saved.
  static let unknownBackend =
    "Keras 1 does not write down whether it ran on Theano, whose kernels are mirrored; they are taken as TensorFlow's"

  /// One sentence for each thing.
  ///
  /// - Parameter network: A model with those inside it.
  /// - Returns: The sentences in the order of the layers.
  static func notes(of network: NetworkConfiguration) -> [String] {
    var notes: [String] = []
    var policies: Set<String> = []
    visit(network, prefix: "", &notes, &policies)
    policies.remove("float32")
    if !policies.isEmpty {
      notes.append(
        "the file asks for \(policies.sorted().joined(separator: ", ")); everything is computed in float32")
    }
    return notes
  }

  private static func visit(
    _ network: NetworkConfiguration, prefix: String, _ notes: inout [String], _ policies: inout Set<String>
  ) {
    for member in network.members {
      let name = prefix + member.configuration.name
      if let inner = member.network {
        visit(inner, prefix: name + "/", &notes, &policies)
        continue
      }
      notes += customParts(of: member.configuration).map {
        "layer '\(name)': the \($0.key) '\($0.value)' is used only in training and was left out"
      }
      if member.calls.contains(where: { $0.keywords["training"]?.constant == .boolean(true) }) {
        notes.append("layer '\(name)' was built with training=True; it is computed as at inference")
      }
      if let policy = policy(of: member.configuration) { policies.insert(policy) }
    }
  }

  /// The dtype of a layer: a name, or an object with the name of a policy.
  private static func policy(of configuration: LayerConfiguration) -> String? {
    guard configuration.layerClass != "InputLayer", let value = configuration.values["dtype"] else {
      return nil
    }
    return value.text ?? value["config"]?["name"]?.text
  }

  /// Regularizers, constraints and initializers that are not Keras's own, with the part of the layer that they are for.
  private static func customParts(of configuration: LayerConfiguration) -> [(key: String, value: String)] {
    let endings = ["_regularizer", "_constraint", "_initializer"]
    let members = configuration.values.members ?? [:]
    return members.sorted { $0.key < $1.key }.compactMap { key, value in
      guard endings.contains(where: { key.hasSuffix($0) }),
        let name = value.text ?? value["class_name"]?.text
      else { return nil }
      let plain = (name.split(separator: ">").last ?? "").lowercased().filter { $0 != "_" }
      return known.contains(plain) ? nil : (key.replacing("_", with: " "), name)
    }
  }

  /// Keras's own, in lower case and without underscores.
  private static let known: Set<String> = [
    "zeros", "ones", "zero", "one", "constant", "randomnormal", "normal", "randomuniform", "uniform",
    "truncatednormal",
    "variancescaling", "glorotnormal", "glorotuniform", "xavieruniform", "xaviernormal", "henormal",
    "heuniform",
    "lecunnormal", "lecununiform", "orthogonal", "identity", "identityinitializer", "l1", "l2", "l1l2",
    "orthogonalregularizer", "maxnorm", "nonneg", "unitnorm", "minmaxnorm", "radialconstraint",
  ]
}
