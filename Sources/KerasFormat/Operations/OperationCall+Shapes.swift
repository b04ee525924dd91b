import Networks
import TensorCore

extension OperationCall {
  /// The shape of the one tensor that the function takes, with the batch axis.
  private var input: Shape { source.inputs[0] }

  /// A mean or a sum over some axes.
  func reduction(_ kind: ReductionLayer.Kind) throws(KerasFormatError) -> [any Layer] {
    let keeps =
      argument("keepdims", at: 2) ?? source.configuration.values["node_def"]?["attr"]?["keep_dims"]?["b"]
    let value = argument("axis", at: 1)
    let axes = try axes(value)
    let isGlobal = axes == Set(1..<max(1, input.rank - 1)) && kind == .mean && input.rank > 2
    let keepsAxes = keeps?.truth ?? false
    return isGlobal
      ? [GlobalPoolingLayer(.average, keepsAxes: keepsAxes)]
      : [ReductionLayer(kind, over: axes, keepsAxes: keepsAxes)]
  }

  /// The axes of a number or a list, none of them the batch axis.
  private func axes(_ value: JSONValue?) throws(KerasFormatError) -> Set<Int> {
    let numbers = value?.wholeNumber.map { [$0] } ?? value?.elements?.compactMap(\.wholeNumber)
    let axes = numbers?.compactMap { source.axis($0) }
    guard let axes, !axes.isEmpty, axes.count == max(1, value?.elements?.count ?? 1) else {
      throw wrong("axis", expected: "axes of \(input.item) behind the batch axis 0", value)
    }
    return Set(axes)
  }

  /// Several tensors one behind the other.
  func concatenation() throws(KerasFormatError) -> [any Layer] {
    // In a graph of TensorFlow the axis follows the tensors.
    let isGraph = source.configuration.layerClass == "TensorFlowOpLayer"
    let value = isGraph ? operand(source.inputs.count, [])?.constant : argument("axis", at: 1)
    let axis = value.map { $0.wholeNumber.flatMap { source.axis($0) } } ?? source.axis(-1)
    guard let axis else {
      throw wrong("axis", expected: "an axis of \(input.item) behind the batch axis 0", value)
    }
    return [ConcatenationLayer(axis: axis)]
  }

  /// Another shape, given with the batch axis.
  func reshaping() throws(KerasFormatError) -> [any Layer] {
    let value = argument("shape", at: 1) ?? argument("newshape", at: 1)
    let target = value?.elements?.map { $0 == .null ? -1 : $0.wholeNumber }
    guard let target, target.count >= 2, !target.contains(nil), target[0] == -1 else {
      throw wrong("shape", expected: "a list of whole numbers that begins with -1 for the batch", value)
    }
    let extents = target.dropFirst().compactMap(\.self)
    guard !extents.contains(-1) else {
      throw wrong("shape", expected: "a list of whole numbers with -1 only for the batch", value)
    }
    return [ReshapeLayer(to: extents)]
  }

  /// A further axis of extent 1.
  func expansion() throws(KerasFormatError) -> [any Layer] {
    let value = argument("axis", at: 1)
    guard let axis = value?.wholeNumber.flatMap({ source.axis($0, rank: input.rank + 1) }) else {
      throw wrong("axis", expected: "an axis behind the batch axis 0", value)
    }
    var extents = input.extents
    extents.insert(1, at: axis)
    return [ReshapeLayer(to: Array(extents.dropFirst()))]
  }

  /// Fewer axes of extent 1.
  func squeezing() throws(KerasFormatError) -> [any Layer] {
    let axes = try axes(argument("axis", at: 1))
    guard axes.allSatisfy({ input[$0] == 1 }), axes.count < input.rank - 1 else {
      throw wrong("axis", expected: "axes of extent 1, not all of \(input.item)", argument("axis", at: 1))
    }
    return [
      ReshapeLayer(to: input.extents.indices.dropFirst().filter { !axes.contains($0) }.map { input[$0] })
    ]
  }

  /// A part along every axis, as `x[:, 2:40]` or `x[:, 0]` writes it.
  func slicing() throws(KerasFormatError) -> [any Layer] {
    let value = argument("slice_spec", at: 1)
    let specification = value?.elements ?? value.map { [$0] }
    guard let specification, specification.count <= input.rank, let batch = specification.first.map(Self.cut),
      batch == Cut()
    else { throw wrong("slice", expected: "a slice for every axis that keeps the whole batch", value) }
    var runs: [TensorSlice.Run] = []
    var kept: [Int] = []
    for axis in 1..<input.rank {
      let cut = specification.indices.contains(axis) ? Self.cut(specification[axis]) : Cut()
      guard let cut, let run = cut.run(in: input[axis]) else {
        throw wrong(
          "slice", expected: "numbers that leave something of \(input.item) along every axis", value)
      }
      runs.append(run)
      if !cut.isSingle { kept.append(run.count) }
    }
    let slice = SliceLayer(TensorSlice(runs))
    guard !kept.isEmpty else {
      throw wrong("slice", expected: "a slice that leaves at least one axis", value)
    }
    return kept.count == runs.count ? [slice] : [slice, ReshapeLayer(to: kept)]
  }

  /// What is taken along one axis: `start:stop:step`, or a single cell, whose axis is dropped.
  private struct Cut: Equatable {
    var start: Int?
    var stop: Int?
    var step = 1
    var isSingle = false

    /// The cells, as Python chooses them.
    func run(in extent: Int) -> TensorSlice.Run? {
      func place(_ index: Int) -> Int { index < 0 ? index + extent : index }
      if isSingle {
        let start = place(self.start ?? 0)
        return (0..<extent).contains(start) ? .init(start: start, count: 1) : nil
      }
      guard step > 0 else { return nil }
      let low = min(max(place(start ?? 0), 0), extent)
      let high = min(max(place(stop ?? extent), 0), extent)
      return low < high ? .init(start: low, count: (high - low - 1) / step + 1, step: step) : nil
    }
  }

  /// Reads a slice or a number; nothing for what is neither, such as an ellipsis or a new axis.
  private static func cut(_ value: JSONValue) -> Cut? {
    if let index = value.bounded { return Cut(start: index, isSingle: true) }
    let parts = value["class_name"]?.text == "__slice__" ? value["config"] : value
    guard let members = parts?.members, Set(members.keys).isSubset(of: ["start", "stop", "step"]),
      let parts, members.values.allSatisfy({ $0 == .null || $0.bounded != nil })
    else { return nil }
    return Cut(
      start: parts["start"]?.bounded, stop: parts["stop"]?.bounded, step: parts["step"]?.bounded ?? 1)
  }
}

extension JSONValue {
  /// A whole number that can be added to an extent.
  fileprivate var bounded: Int? { wholeNumber.flatMap { abs($0) <= Int(Int32.max) ? $0 : nil } }
}
