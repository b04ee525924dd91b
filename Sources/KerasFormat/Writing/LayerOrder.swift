/// The order that Keras gives to the layers of a graph, by which it finds their weights in a legacy file.
///
/// Layers farther from the answer come first: the distance is the number of layers on the longest way to an output. Layers at equal distance
/// stand in the order in which a search from the outputs, always along the first input that it has not followed, comes upon them
/// (`map_graph_network` in Keras 2, `map_graph` in Keras 3).
struct LayerOrder {
  /// The layers in that order.
  let members: [WrittenNetwork.Member]

  /// Orders layers.
  ///
  /// - Parameters:
  ///   - members: The layers, each after those that it reads.
  ///   - outputs: The names of those that give the answer.
  init(of members: [WrittenNetwork.Member], outputs: [String]) {
    let places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.name, $0) })
    let inputs = members.map { $0.inputs.compactMap { places[$0] } }
    var distances = members.map { _ in 0 }
    for place in members.indices.reversed() {
      for input in inputs[place] { distances[input] = max(distances[input], distances[place] + 1) }
    }
    var ranks: [Int?] = members.map { _ in nil }
    var found = 0
    var waiting = Array(outputs.compactMap { places[$0] }.reversed())
    while let place = waiting.popLast() {
      guard ranks[place] == nil else { continue }
      ranks[place] = found
      found += 1
      waiting += inputs[place].reversed()
    }
    self.members = members.indices.sorted {
      (-distances[$0], ranks[$0] ?? -1, $0) < (-distances[$1], ranks[$1] ?? -1, $1)
    }.map { members[$0] }
  }
}
