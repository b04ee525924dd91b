import TensorCore

extension Model {
  /// The most bytes that the values and cotangents of one forward and backward pass take at a time, for one item.
  ///
  /// An estimate from the sizes of what the pass keeps, step by step; weights and what single layers need for themselves are not in it.
  ///
  /// - Parameter node: Where the gradient is wanted; the input when `nil`.
  /// - Returns: The number of bytes. Cost: one walk over the nodes, without running the model.
  public func passBytes(to node: Node.ID? = nil) -> Int {
    let node = node ?? inputs[0]
    let purpose = ExecutionPlan.Purpose(
      values: [head.logits, outputs[0], node], gradient: .init(source: head.logits, targets: [node]))
    let plan = plans.plan(of: self, for: purpose)
    func bytes(_ id: Node.ID) -> Int { nodes[id].shape.count * MemoryLayout<Float>.stride }
    var values = Set(inputs)
    var held = inputs.reduce(0) { $0 + bytes($1) }
    var most = held
    for step in plan.steps {
      if values.insert(step.node).inserted { held += bytes(step.node) }
      most = max(most, held)
      for released in step.released where values.remove(released) != nil { held -= bytes(released) }
    }
    var pending: Set = [head.logits]
    held += bytes(head.logits)
    for backward in plan.backward {
      let step = backward.step
      let reached = step.inputs.enumerated().filter { backward.reaches[$0.offset] }.map(\.element)
      most = max(most, held + step.inputs.reduce(0) { $0 + bytes($1) })
      for input in reached where pending.insert(input).inserted { held += bytes(input) }
      if step.node != node, pending.remove(step.node) != nil { held -= bytes(step.node) }
      if !purpose.values.contains(step.node), values.remove(step.node) != nil { held -= bytes(step.node) }
    }
    return most
  }
}

extension Model {
  /// How many items are run at once when many pass through the model one after the other.
  ///
  /// As many as keep the values of a pass within 512 KiB, about what a core has for itself; at least one and at most 64.
  package var streamingBatch: Int { min(max((512 << 10) / max(activationBytes, 1), 1), 64) }
}
