import Networks
import TensorCore

extension WrittenLayer {
  /// `Rescaling` with a factor and a summand per channel, or the same everywhere.
  static func rescaling(_ scale: [Float], _ offset: [Float]) throws(Unwritable) -> WrittenLayer {
    guard (scale + offset).allSatisfy(\.isFinite) else {
      throw Unwritable(reason: "its constant has numbers that are not finite")
    }
    return WrittenLayer("Rescaling", ["scale": .numbers(scale), "offset": .numbers(offset)])
  }
}

extension JSONValue {
  /// Numbers as a list; as a single number where they are all equal.
  fileprivate static func numbers(_ values: [Float]) -> JSONValue {
    if let first = values.first, values.allSatisfy({ $0 == first }) { return .number(Double(first)) }
    return .array(values.map { .number(Double($0)) })
  }
}

extension ElementScalingLayer: KerasComposable {
  /// `Rescaling` of the elements of an item in line.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    guard parameterCount == 0 else {
      throw Unwritable(reason: "Keras has no layer that trains a factor for every element by itself")
    }
    return WrittenComposition(
      WrittenLayer.inLine([try .rescaling(scaling.scale.values, scaling.shift.values)], over: inputs[0]))
  }
}

extension ConstantArithmeticLayer: KerasComposable {
  /// `Rescaling`, for a maximum or minimum with `ReLU` behind it: `max(x, c) = relu(x - c) + c`, `min(x, c) = c - relu(c - x)`.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    let shape = inputs[0]
    guard zip(shape.extents, constant.shape.extents).dropFirst().allSatisfy({ $1 == 1 || $1 == $0 }) else {
      throw Unwritable(reason: "Keras has no layer with a constant that has more elements than its input")
    }
    let isSingle = constant.count == 1
    let isPerChannel = constant.shape.extents.dropLast().allSatisfy { $0 == 1 }
    let values = isSingle || isPerChannel ? constant.values : constant.broadcast(to: shape).values
    let chain = try chain(of: values)
    return WrittenComposition(isSingle || isPerChannel ? chain : WrittenLayer.inLine(chain, over: shape))
  }

  private func chain(of values: [Float]) throws(Unwritable) -> [WrittenLayer] {
    let (ones, zeros) = (values.map { _ in Float(1) }, values.map { _ in Float(0) })
    let negated = values.map { -$0 }
    switch kind {
    case .add: return [try .rescaling(ones, values)]
    case .subtract:
      return [try isFirst ? .rescaling(ones.map { -$0 }, values) : .rescaling(ones, negated)]
    case .multiply: return [try .rescaling(values, zeros)]
    case .divide where !isFirst: return [try .rescaling(values.map { 1 / $0 }, zeros)]
    case .maximum:
      return [try .rescaling(ones, negated), .activation("relu"), try .rescaling(ones, values)]
    case .minimum:
      let minus = ones.map { -$0 }
      return [try .rescaling(minus, values), .activation("relu"), try .rescaling(minus, values)]
    default: throw Unwritable(reason: "Keras has no layer that divides by its input")
    }
  }
}

extension WrittenLayer {
  /// Layers that act on the elements of an item as on channels.
  fileprivate static func inLine(_ layers: [WrittenLayer], over shape: Shape) -> [WrittenLayer] {
    guard shape.rank > 2 else { return layers }
    return [reshape([shape.itemCount])] + layers + [reshape(shape.extents.dropFirst())]
  }
}

extension ReductionLayer: KerasComposable {
  /// `GlobalAveragePooling1D` over the reduced axes in line; for a sum times their number.
  func composed(for inputs: [Shape]) throws(Unwritable) -> WrittenComposition {
    let shape = inputs[0]
    let kept = shape.extents.indices.dropFirst().filter { !axes.contains($0) }
    let count = axes.reduce(1) { $0 * shape[$1] }
    let output: [Int]
    do { output = Array(try outputShape(for: inputs).extents.dropFirst()) } catch {
      throw Unwritable(reason: "its axes do not fit its input")
    }
    var chain: [WrittenLayer] = []
    if axes + kept != Array(1..<shape.rank) { chain.append(.permute(axes + kept)) }
    chain += [
      .reshape([count, shape.itemCount / count]),
      WrittenLayer("GlobalAveragePooling1D", ["data_format": .string("channels_last")]),
    ]
    if kind == .sum { chain.append(.rescaling(Double(count))) }
    if output != [shape.itemCount / count] { chain.append(.reshape(output)) }
    return WrittenComposition(chain)
  }
}
