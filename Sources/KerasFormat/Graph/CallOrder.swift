/// The order in which the uses of a model's layers can be computed, whatever the order of the file.
struct CallOrder {
  /// A use of a layer.
  struct Step: Hashable {
    /// The position of the layer in `NetworkConfiguration.members`.
    let member: Int
    /// The position of the use in its `calls`.
    let call: Int
  }

  /// Every use after those that it reads; the order of the file where that is free.
  private(set) var steps: [Step] = []
  private let network: NetworkConfiguration
  private let file: String
  private let positions: [String: Int]
  private let inputs: Set<String>
  private var isDone: [Step: Bool] = [:]

  /// Puts the uses in order.
  ///
  /// - Throws: `KerasFormatError` when a use reads what is not there, or its own value.
  init(of network: NetworkConfiguration, in file: String) throws(KerasFormatError) {
    self.network = network
    self.file = file
    positions = Dictionary(
      network.members.enumerated().map { ($1.configuration.name, $0) },
      uniquingKeysWith: { first, _ in first })
    inputs = Set(network.inputs.map(\.layer))
    for (index, member) in network.members.enumerated() {
      for call in member.calls.indices { try visit(Step(member: index, call: call)) }
    }
    try leaveOutMasks()
  }

  /// The use that a reference means, or `nil` for an input of the model.
  ///
  /// - Parameters:
  ///   - reference: The reference.
  ///   - reader: The layer that has it, for messages.
  ///   - isOutput: Whether it stands in `output_layers`.
  /// - Returns: The use, or `nil` for an input.
  /// - Throws: `KerasFormatError` when there is no such layer or it is not used as often.
  func step(
    of reference: TensorReference, readBy reader: String, isOutput: Bool = false
  ) throws(KerasFormatError) -> Step? {
    guard let position = positions[reference.layer] else {
      throw .missingLayer(file: file, reader: reader, layer: reference.layer)
    }
    if inputs.contains(reference.layer) { return nil }
    let member = network.members[position]
    guard let call = call(reference.call, of: member, isOutput: isOutput) else {
      throw .missingCall(
        file: file, reader: reader, layer: reference.layer, call: reference.call, count: member.calls.count)
    }
    return Step(member: position, call: call)
  }

  /// Of models inside models, Keras 2 counts the uses from 1, because it counts the model's own graph; Keras 3 does so for a Functional
  /// model, and only where it stands in `output_layers`.
  private func call(_ index: Int, of member: NetworkConfiguration.Member, isOutput: Bool) -> Int? {
    guard let inner = member.network else { return member.calls.indices.contains(index) ? index : nil }
    if member.calls.count == 1 { return index <= 1 ? 0 : nil }
    let isModern = member.configuration.kerasVersion.major >= 3
    let first = isModern && !(isOutput && inner.modelClass != "Sequential") ? 0 : 1
    return member.calls.indices.contains(index - first) ? index - first : nil
  }

  /// Leaves out functions that nothing reads: Keras 3 writes those that compute masks, which layers read as their argument `mask`.
  private mutating func leaveOutMasks() throws(KerasFormatError) {
    var read: Set<Step> = []
    for reference in network.outputs {
      if let step = try step(of: reference, readBy: network.name, isOutput: true) { read.insert(step) }
    }
    var kept: [Step] = []
    for step in steps.reversed() {
      let layerClass = network.members[step.member].configuration.layerClass
      guard read.contains(step) || !layerClass.hasPrefix(OperationReader.classPrefix) else { continue }
      read.formUnion(try steps(before: step))
      kept.append(step)
    }
    steps = kept.reversed()
  }

  /// Adds a use behind those that it reads; without recursion, because a file may chain any number of them.
  private mutating func visit(_ start: Step) throws(KerasFormatError) {
    guard isDone[start] == nil else { return }
    isDone[start] = false
    var path = [(step: start, waiting: try steps(before: start)[...])]
    while let last = path.last {
      guard let next = last.waiting.first else {
        isDone[last.step] = true
        steps.append(last.step)
        path.removeLast()
        continue
      }
      path[path.count - 1].waiting.removeFirst()
      switch isDone[next] {
      case .some(true): continue
      case .some(false): throw .cycle(file: file, layer: network.members[next.member].configuration.name)
      case nil:
        isDone[next] = false
        path.append((next, try steps(before: next)[...]))
      }
    }
  }

  private func steps(before step: Step) throws(KerasFormatError) -> [Step] {
    let member = network.members[step.member]
    var before: [Step] = []
    for reference in member.calls[step.call].references {
      if let next = try self.step(of: reference, readBy: member.configuration.name) { before.append(next) }
    }
    return before
  }
}
