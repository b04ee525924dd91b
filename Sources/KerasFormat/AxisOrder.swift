import Networks
import TensorCore

/// In which order of axes a layer reads its inputs.
///
/// Our layers have the channels last. Where a Keras layer has them elsewhere, its input is permuted before it and its output
/// permuted back; `GraphAssembly` permutes only where a layer reads a value in another order than the one before left it in.
enum AxisOrder: Equatable {
  /// Element by element, whatever the order.
  case any
  /// As the Keras layer has it.
  case file
  /// With the first axis of an item, the channels of `channels_first`, moved behind all others, where the output stays.
  case channelsFirst
  /// With one axis moved behind all others; the output is in the file's order again.
  case last(axis: Int)
  /// With one axis behind all others where an input already has it there, else as the Keras layer has it.
  case lastIfMoved(axis: Int)
}

/// A layer of which `data_format` says where its channels are.
protocol SpatialKerasLayer: KerasLayer {}

extension SpatialKerasLayer {
  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    try configuration.hasChannelsFirst() && rank > 2 ? .channelsFirst : .file
  }
}

/// A layer that acts on every element for itself.
protocol ElementwiseKerasLayer: KerasLayer {}

extension ElementwiseKerasLayer {
  static func order(of configuration: LayerConfiguration, rank: Int) -> AxisOrder { .any }
}

extension NetworkConfiguration {
  /// Whether on some way from a layer the first one for which the order matters has its channels first.
  ///
  /// - Parameters:
  ///   - name: The layer.
  ///   - rank: The number of axes of its value, the batch axis among them.
  /// - Returns: Whether there is such a way.
  func hasChannelsFirst(behind name: String, rank: Int) -> Bool {
    var pending = [name]
    var seen: Set = [name]
    while let next = pending.popLast() {
      for member in members
      where member.calls.contains(where: { $0.references.contains { $0.layer == next } }) {
        let own = member.configuration
        if let inner = member.network {
          if inner.inputs.contains(where: { inner.hasChannelsFirst(behind: $0.layer, rank: rank) }) {
            return true
          }
          continue
        }
        switch try? KerasLayers.reader(of: own.layerClass)?.order(of: own, rank: rank) {
        case .channelsFirst: return true
        case .any, .last(axis: 1), .lastIfMoved(axis: 1):
          if seen.insert(own.name).inserted { pending.append(own.name) }
        default: continue
        }
      }
    }
    return false
  }
}

extension LayerConfiguration {
  /// Whether `data_format` says that the channels come before the spatial axes.
  func hasChannelsFirst() throws(KerasFormatError) -> Bool {
    switch try text("data_format", default: "channels_last") {
    case "channels_last": return false
    case "channels_first": return true
    default: throw wrong("data_format", expected: "'channels_last' or 'channels_first'")
    }
  }

  /// The axes of an item that a key names, ascending: one number or several, from the front with the batch axis or from the back.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - rank: The number of axes, the batch axis among them.
  ///   - fallback: What an absent key stands for.
  /// - Returns: Axes counted from the front.
  /// - Throws: `KerasFormatError` when the key holds anything else.
  func axes(_ key: String, rank: Int, default fallback: [Int]) throws(KerasFormatError) -> [Int] {
    let given = values[key].map { value in
      value.wholeNumber.map { [$0] } ?? value.elements?.map(\.wholeNumber)
    }
    guard let numbers = given ?? fallback else { throw wrongAxes(key, rank) }
    var axes: [Int] = []
    for number in numbers {
      guard let number, (-rank..<rank).contains(number) else { throw wrongAxes(key, rank) }
      axes.append(number < 0 ? number + rank : number)
    }
    guard !axes.contains(0), Set(axes).count == axes.count else { throw wrongAxes(key, rank) }
    return axes.sorted()
  }

  private func wrongAxes(_ key: String, _ rank: Int) -> KerasFormatError {
    wrong(
      key, expected: "different axes from 1 to \(rank - 1), or from the back from -1 to -\(max(rank - 1, 1)),"
    )
  }

  /// The order for a layer that acts along the axes of a key: a single one is moved behind the others.
  func orderOfAxes(_ key: String, rank: Int) throws(KerasFormatError) -> AxisOrder {
    let axes = try axes(key, rank: rank, default: [-1])
    return axes.count == 1 && axes[0] != rank - 1 ? .last(axis: axes[0]) : .file
  }
}
