import Networks
import TensorCore

extension GraphAssembly {
  /// Adds an input whose shape is given as Keras does: `[null, 40, 1]`, the batch axis first.
  ///
  /// Its value has the channels last; where the layers that read it have them first, that is noted.
  ///
  /// - Parameters:
  ///   - configuration: The layer.
  ///   - network: The model that it belongs to.
  ///   - wanted: What extents that the file leaves open are to be, `[spatial..., channels]` or the spatial extents alone.
  /// - Returns: The node.
  /// - Throws: `KerasFormatError` when extents stay open, are no sizes or differ from those wanted.
  mutating func addInput(
    _ configuration: LayerConfiguration, of network: NetworkConfiguration, shape wanted: [Int]?
  ) throws(KerasFormatError) -> Model.Node.ID {
    let (name, given) = (configuration.name, configuration.inputShape)
    // Keras 3 writes a list with one shape where a layer takes a list of inputs.
    let shape = given?.elements?.count == 1 ? given?.elements?[0] ?? given : given
    var extents = try openExtents(shape, wanted)
    let isMoved =
      extents.count > 1 && network.hasChannelsFirst(behind: name, rank: extents.count + 1)
    if isMoved, shape?.elements != nil { extents.append(extents.removeFirst()) }
    if let wanted {
      guard let filled = Self.filling(extents, with: wanted) else {
        throw .inputShape(file: file, input: name, expected: extents, found: wanted)
      }
      extents = filled
    }
    let known = extents.compactMap { $0 }
    guard known.count == extents.count, !known.isEmpty else {
      throw .openInput(file: file, input: name, extents: extents)
    }
    let layer = InputLayer(shape: Shape([1] + known), hasChannelsFirstInFile: isMoved)
    let id = try add(layer, name: name, of: name, "InputLayer", after: [])
    if isMoved { moves[id] = 1 }
    return id
  }

  /// The extents behind the batch axis, `nil` where the file leaves them open; as many as are wanted when it says nothing.
  private func openExtents(_ shape: JSONValue?, _ wanted: [Int]?) throws(KerasFormatError) -> [Int?] {
    guard let elements = shape?.elements else {
      guard shape == nil || shape == .null else {
        throw .unknownInput(file: file, found: shape?.summary ?? "nothing")
      }
      return wanted?.map { _ in nil } ?? []
    }
    var extents: [Int?] = []
    for element in elements.dropFirst() {
      let extent = element.wholeNumber
      guard element == .null || extent.map({ (1...Int(Int32.max)).contains($0) }) ?? false
      else {
        throw .unknownInput(
          file: file,
          found: elements.dropFirst().map { $0.wholeNumber.map(String.init) ?? "?" }.joined(separator: "x"))
      }
      extents.append(extent)
    }
    return extents
  }

  /// Open extents filled with those of a shape, which may leave out the channels; `nil` when they do not fit.
  private static func filling(_ extents: [Int?], with shape: [Int]) -> [Int]? {
    let isWhole = shape.count == extents.count
    guard isWhole || shape.count == extents.count - 1, shape.allSatisfy({ (1...Int(Int32.max)).contains($0) })
    else { return nil }
    let all = isWhole ? shape : shape + [extents.last.flatMap { $0 } ?? 0]
    guard zip(extents, all).allSatisfy({ $0 == nil || $0 == $1 }), all.last != 0 else { return nil }
    return all
  }
}
