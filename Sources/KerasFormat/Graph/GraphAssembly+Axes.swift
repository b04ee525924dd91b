import Networks

extension GraphAssembly {
  /// The axis that is behind the others in what a layer reads, or `nil` for the file's order.
  func axis(of order: AxisOrder, _ inputs: [Model.Node.ID]) -> Int? {
    switch order {
    case .file: return nil
    case .channelsFirst: return 1
    case .last(let axis): return axis
    case .lastIfMoved(let axis): return inputs.contains { moves[$0] == axis } ? axis : nil
    case .any:
      let isOne = inputs.allSatisfy {
        moves[$0] == moves[inputs[0]] && builder.shape(of: $0).rank == builder.shape(of: inputs[0]).rank
      }
      return isOne ? moves[inputs[0]] : nil
    }
  }

  /// The node that holds the value of another one with one axis behind the others, added when it is not there yet.
  mutating func permuted(
    _ id: Model.Node.ID, to axis: Int?, for reader: String, _ layerClass: String
  ) throws(KerasFormatError) -> Model.Node.ID {
    let wanted = AxisMoves.Permuted(node: id, axis: axis)
    if let node = moves.node(wanted) { return node }
    var result = id
    for (axis, isBack) in [(moves[id], true), (axis, false)] {
      guard let axis else { continue }
      let order = PermutationLayer.last(axis, of: builder.shape(of: id).rank)
      result = try add(
        isBack ? order.inverted : order, name: "\(reader)/\(isBack ? "from" : "to")-last-\(result)",
        of: reader, layerClass, after: [result])
    }
    moves.note(result, as: wanted)
    return result
  }
}
