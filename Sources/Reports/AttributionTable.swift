import Explainers
import TensorCore

extension Attribution {
  /// The map as a table, raw values in the input's resolution.
  ///
  /// - Signals: `position,input,attribution`; with several channels `position,channel,input,attribution`.
  /// - Images: `row,column,attribution`; with every channel kept `row,column,channel,input,attribution`.
  /// - Volumes: as images, with `plane` first. Inputs without positions: `feature,input,attribution`.
  ///
  /// - Parameter channels: What is shown of several channels at one position; by default the sum for images and every channel for signals. A
  ///   map that does not tell channels apart is repeated for each.
  /// - Returns: The table.
  public func table(channels: ChannelReduction? = nil) -> CSVTable {
    let axes = Self.axisNames(of: input.shape)
    let reduction = channels ?? (axes.count == 1 ? .keep : .sum)
    guard axes != ["feature"] else { return featureTable() }
    return reduction == .keep
      ? keptTable(axes, namesChannel: axes.count > 1 || input.shape.channels > 1)
      : reducedTable(axes, reduction)
  }

  private func keptTable(_ axes: [String], namesChannel: Bool) -> CSVTable {
    var table = CSVTable(columns: axes + (namesChannel ? ["channel"] : []) + ["input", "attribution"])
    let channels = input.shape.channels
    let inputs = input.values
    let maps = map.values
    forEachPosition { position, coordinates in
      for channel in 0..<channels {
        let index = position * channels + channel
        for coordinate in coordinates { table.add(coordinate) }
        if namesChannel { table.add(channel) }
        table.add(inputs[index])
        table.add(maps[map.shape.channels == channels ? index : position])
        table.endRow()
      }
    }
    return table
  }

  private func reducedTable(_ axes: [String], _ reduction: ChannelReduction) -> CSVTable {
    // The input is one number per position only when it has one channel.
    let showsInput = axes.count == 1 && input.shape.channels == 1
    var table = CSVTable(columns: axes + (showsInput ? ["input"] : []) + ["attribution"])
    let inputs = input.values
    let maps = map.overChannels(reduction).values
    forEachPosition { position, coordinates in
      for coordinate in coordinates { table.add(coordinate) }
      if showsInput { table.add(inputs[position]) }
      table.add(maps[position])
      table.endRow()
    }
    return table
  }

  private func featureTable() -> CSVTable {
    var table = CSVTable(columns: ["feature", "input", "attribution"])
    for (index, (value, attribution)) in zip(input.values, map.values).enumerated() {
      table.add(index)
      table.add(value)
      table.add(attribution)
      table.endRow()
    }
    return table
  }

  private func forEachPosition(_ body: (_ position: Int, _ coordinates: [Int]) -> Void) {
    let spatial = input.shape.spatial
    var coordinates = [Int](repeating: 0, count: spatial.count)
    for position in 0..<input.shape.positions {
      body(position, coordinates)
      for axis in coordinates.indices.reversed() {
        coordinates[axis] += 1
        if coordinates[axis] < spatial[axis] { break }
        coordinates[axis] = 0
      }
    }
  }

  private static func axisNames(of shape: Shape) -> [String] {
    switch shape.spatial.count {
    case 0: ["feature"]
    case 1: ["position"]
    case 2: ["row", "column"]
    default: ["plane", "row", "column"]
    }
  }
}
