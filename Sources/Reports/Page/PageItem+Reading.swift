import Explainers
import Figures
import Foundation
import TensorCore

extension PageItem {
  /// More channels than this are not shown each on its own.
  private static let mostChannels = 12
  /// Longer sides of images are reduced by averaging.
  private static let longestSide = 1024
  /// Signals of more numbers are not embedded.
  private static let mostNumbers = 1 << 18

  /// Reads the maps of an item.
  ///
  /// - Parameters:
  ///   - item: The name.
  ///   - methods: The methods that explained it.
  ///   - folder: Where the maps are.
  ///   - facts: What was explained, in a few words.
  ///   - captions: What is said of the map of every method.
  ///   - rate: Samples per second of a signal.
  /// - Throws: `ReportError` when a map is missing or damaged.
  init(
    _ item: String, by methods: [String], in folder: RunFolder, facts: String, captions: [String],
    rate: Double?
  ) throws {
    name = item
    self.facts = facts
    let contents = try methods.map { try folder.map(item, $0) }
    let first = contents[0]
    for (method, other) in zip(methods, contents)
    where other.extents != first.extents || other.axes != first.axes {
      throw ReportError.badTable(
        path: "\(folder.path)/\(item).\(method).csv", line: 2,
        expected: "\(first.extents) positions, as in the item's other maps", found: "\(other.extents)")
    }
    let drawn = first.axes.count > 1 ? "image" : first.axes == ["feature"] ? "features" : "signal"
    let isImage = drawn == "image"
    let plane = isImage ? try ShownPlane(of: first, longest: Self.longestSide) : nil
    let isEmbedded = isImage || contents.allSatisfy { $0.values.count <= Self.mostNumbers }
    let extents = plane.map { [$0.rows, $0.columns] } ?? first.extents
    isCoarse = isImage && (extents.max() ?? 0) < 112
    kind = drawn
    size = first.extents.reversed().map { "\($0)" }.joined(separator: " × ")
    picture = isImage ? try Self.picture(of: item, in: folder) : []
    var data = PageItemData(
      kind: drawn, extents: extents, channels: min(first.channels, Self.mostChannels), rate: rate, maps: [])
    if !isImage, isEmbedded {
      data.input = first.input.map { PackedValues(Self.shown($0, of: first.channels)) }
    }
    maps = []
    for (index, (method, map)) in zip(methods, contents).enumerated() {
      guard isEmbedded else {
        maps.append(.tooLong(index, method, in: "\(item).\(method).csv"))
        continue
      }
      let values = try plane?.values(of: map) ?? Self.shown(map.values, of: map.channels)
      let scale = Self.scale(of: values, method, isImage: isImage)
      // Standard errors of channels do not add up to that of their sum.
      let spread = isImage && map.channels > 1 ? nil : try folder.spread(item, method)
      var notes = (plane?.notes ?? []) + (scale.note.map { [$0] } ?? [])
      if !isImage, map.channels > Self.mostChannels {
        notes.append("the first \(Self.mostChannels) of \(map.channels) channels")
      }
      if map.channels > 1, isImage { notes.append("sum over \(map.channels) channels") }
      let packed = PackedValues(values)
      if let step = packed.step {
        notes.append(
          "values here rounded to steps of \(DisplayNumber.text(step))")
      }
      let isSigned = scale.preset == .signed
      data.maps.append(
        .init(
          values: packed,
          spread: try spread.map {
            PackedValues(try plane?.values(of: $0.map) ?? Self.shown($0.map.values, of: $0.map.channels))
          },
          spreadName: spread?.name, signed: isSigned, floor: scale.range.lowerBound,
          reach: scale.range.upperBound))
      maps.append(
        Map(
          index: index, method: Self.name(of: method), caption: captions[index],
          words: Self.words(item, method, values),
          shape: isImage ? "aspect-ratio:\(extents[1])/\(extents[0])" : "",
          hasScale: isImage, low: DisplayNumber.text(scale.range.lowerBound),
          high: DisplayNumber.text(scale.range.upperBound), signed: "\(isSigned)",
          notes: notes.isEmpty ? [] : [notes.joined(separator: "; ")]))
    }
    self.data = try data.scriptText()
  }

  /// The name that papers use, or the identifier of a method that this version does not know.
  static func name(of method: String) -> String {
    MethodCatalog.methods.first { $0.id == method }?.name ?? method
  }

  private static func scale(of values: [Float], _ method: String, isImage: Bool) -> ColorScale {
    let known = MethodCatalog.methods.first { $0.id == method }?.preset
    let preset = known ?? ((values.min() ?? 0) < 0 ? .signed : .nonNegative)
    return ColorScale(of: values, preset: preset, limit: .automatic, mayCut: isImage)
  }

  private static func words(_ item: String, _ method: String, _ values: [Float]) -> String {
    let (low, high) = (Double(values.min() ?? 0), Double(values.max() ?? 0))
    return "Map of \(name(of: method)) for \(item), values from \(DisplayNumber.text(low)) to "
      + "\(DisplayNumber.text(high)); the arrow keys read single values"
  }

  /// The channels that are shown of all.
  private static func shown(_ values: [Float], of channels: Int) -> [Float] {
    guard channels > mostChannels else { return values }
    return values.indices.filter { $0 % channels < mostChannels }.map { values[$0] }
  }

  private static func picture(of item: String, in folder: RunFolder) throws(ReportError) -> [String] {
    guard let file = folder.file(item, "input.png") else { return [] }
    return [try PagePicture.source(of: file)]
  }
}

extension PageItem.Map {
  /// In place of a map that is too long for a page.
  fileprivate static func tooLong(_ index: Int, _ method: String, in file: String) -> Self {
    .init(
      index: index, method: PageItem.name(of: method), caption: "not shown", words: "", shape: "display:none",
      hasScale: false, low: "", high: "", signed: "false",
      notes: ["The map has too many numbers for a page; they are in \(file)."])
  }
}

/// The part of an image's map that is shown: a plane of volumes, the sum over channels, large ones reduced.
struct ShownPlane {
  let rows: Int
  let columns: Int
  let notes: [String]
  private let middle: Int
  private let whole: (rows: Int, columns: Int)

  init(of map: MapContents, longest: Int) throws(ReportError) {
    let extents = map.extents
    whole = (extents[extents.count - 2], extents[extents.count - 1])
    rows = min(whole.rows, longest)
    columns = min(whole.columns, longest)
    middle = extents.count > 2 ? extents[0] / 2 : 0
    var notes = extents.count > 2 ? ["middle plane: \(middle + 1) of \(extents[0])"] : []
    if rows < whole.rows || columns < whole.columns {
      notes.append("reduced by averaging from \(whole.columns) × \(whole.rows)")
    }
    self.notes = notes
  }

  /// The values of a map of the same extents.
  func values(of map: MapContents) throws(ReportError) -> [Float] {
    let count = whole.rows * whole.columns
    let start = middle * count * map.channels
    let sums = (0..<count).map { position in
      let first = start + position * map.channels
      guard map.channels > 1 else { return map.values[first] }
      return Float(map.values[first..<(first + map.channels)].reduce(0.0) { $0 + Double($1) })
    }
    return Plane(rows: whole.rows, columns: whole.columns, values: sums)
      .resampled(rows: rows, columns: columns).values
  }
}

/// Pictures as the page embeds them.
enum PagePicture {
  /// The data URL of a PNG or SVG file.
  static func source(of file: String) throws(ReportError) -> String {
    let kind = file.hasSuffix(".svg") ? "svg+xml" : "png"
    return "data:image/\(kind);base64,\(try TableContents.bytes(of: file).base64EncodedString())"
  }
}
