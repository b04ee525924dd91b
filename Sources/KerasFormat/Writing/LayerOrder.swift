/// The order that Keras gives to the layers of a graph, by which it finds their weights in a legacy file.
///
/// Layers farther from the answer come first: the distance is the number of layers on the longest way to an output, of a layer with several
/// uses that of the farthest one. Layers at equal distance stand in the order in which a search from the outputs, always along the first
/// input that it has not followed, comes upon them (`map_graph_network` in Keras 2, `map_graph` in Keras 3).
struct LayerOrder {
  /// The layers in that order.
  let members: [WrittenMember]

  private typealias Reference = WrittenMember.Reference

  /// Orders layers.
  ///
  /// - Parameters:
  ///   - members: The layers, each after those that its first use reads.
  ///   - outputs: Those that give the answer.
  init(of members: [WrittenMember], outputs: [WrittenMember.Reference]) {
    let places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
    func inputs(of use: Reference) -> [Reference] {
      places[use.name].map { members[$0].calls[use.call] } ?? []
    }
    var ranks: [String: Int] = [:]
    let finished = Self.finished(from: outputs, inputs: inputs) { name in
      if ranks[name] == nil { ranks[name] = ranks.count }
    }
    var distances: [Reference: Int] = [:]
    var layers: [String: Int] = [:]
    for use in finished.reversed() {
      let distance = max(distances[use] ?? 0, layers[use.name] ?? 0)
      distances[use] = distance
      layers[use.name] = distance
      for input in inputs(of: use) { distances[input] = max(distances[input] ?? 0, distance + 1) }
    }
    self.members = members.enumerated().sorted { one, other in
      let (first, second) = (one.element.name, other.element.name)
      return (-(layers[first] ?? 0), ranks[first] ?? -1, one.offset)
        < (-(layers[second] ?? 0), ranks[second] ?? -1, other.offset)
    }.map(\.element)
  }

  /// The uses in the order in which a search in depth leaves them; it notes layers when it comes upon them.
  private static func finished(
    from outputs: [Reference], inputs: (Reference) -> [Reference], meeting: (String) -> Void
  ) -> [Reference] {
    var finished: [Reference] = []
    var met: Set<Reference> = []
    var path: [(use: Reference, waiting: ArraySlice<Reference>)] = []
    func enter(_ use: Reference) {
      guard met.insert(use).inserted else { return }
      meeting(use.name)
      path.append((use, inputs(use)[...]))
    }
    for output in outputs {
      enter(output)
      while var last = path.popLast() {
        if let next = last.waiting.popFirst() {
          path.append(last)
          enter(next)
        } else {
          finished.append(last.use)
        }
      }
    }
    return finished
  }
}
