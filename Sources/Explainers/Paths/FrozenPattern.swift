import Networks
import TensorCore

/// The pattern of a piecewise linear model on one piece of a path, and the values of the frozen model at both ends of the path.
struct FrozenPattern {
  /// Where units leave their segments.
  struct Crossing {
    /// Between 0 and 1 on the path.
    var position: Double
    /// The step.
    var step: Int
    /// The elements of the step's output that cross here, and what they become.
    var changes: [(element: Int, state: Int32)]
  }

  private let model: Model
  private let steps: [PiecewiseStep]
  /// For every node its value at the beginning and the end of the path, a batch of two.
  private var values: [Tensor?]
  /// For every step with kinks the segment, or the winning cell, of every element.
  private var states: [[Int32]]
  private var crossings: [Crossing?]

  init(_ model: Model, _ steps: [PiecewiseStep]) {
    self.model = model
    self.steps = steps
    values = Array(repeating: nil, count: model.nodes.count)
    states = Array(repeating: [], count: steps.count)
    crossings = Array(repeating: nil, count: steps.count)
  }

  /// Takes the pattern that the model has at the beginning of a path.
  ///
  /// - Parameter ends: The beginning and the end of the path, a batch of two.
  /// - Throws: `ModelError` when they do not fit the model.
  mutating func freeze(at ends: Tensor) throws(ModelError) {
    values[model.inputs[0]] = ends
    for index in steps.indices {
      states[index] = initialStates(of: steps[index])
      try compute(index)
      crossings[index] = crossing(of: index, after: 0)
    }
  }

  /// The first crossing at or behind a position.
  func nextCrossing(after position: Double) -> Crossing? {
    crossings.compactMap { $0 }.min { $0.position < $1.position }
  }

  /// Goes over a crossing: changes the units that cross, and computes what lies behind them.
  mutating func cross(_ crossing: Crossing) throws(ModelError) {
    for change in crossing.changes { states[crossing.step][change.element] = change.state }
    var changed: Set = [steps[crossing.step].node]
    for index in crossing.step..<steps.count {
      let node = steps[index].node
      guard index == crossing.step || model.nodes[node].inputs.contains(where: changed.contains) else {
        continue
      }
      changed.insert(node)
      try compute(index)
      crossings[index] = self.crossing(of: index, after: crossing.position)
    }
  }

  private func operand(of step: PiecewiseStep) -> Tensor {
    guard let value = values[model.nodes[step.node].inputs[0]] else {
      preconditionFailure("steps come in the order of the graph")
    }
    return value
  }

  private func initialStates(of step: PiecewiseStep) -> [Int32] {
    switch step.kind {
    case .affine: return []
    case .kinked(let segments):
      let x = operand(of: step).item(0).values
      return x.map { Int32(segments.segment(of: $0)) }
    case .largest(let cells):
      let input = operand(of: step)
      let (x, channels) = (input.values, input.shape.channels)
      return cells.flatMap { cells in
        (0..<channels).map { channel in
          let elements = cells.map { $0 * channels + channel }
          return Int32(elements.dropFirst().reduce(elements[0]) { x[$1] > x[$0] ? $1 : $0 })
        }
      }
    }
  }

  private mutating func compute(_ index: Int) throws(ModelError) {
    let step = steps[index]
    let node = model.nodes[step.node]
    let states = states[index]
    switch step.kind {
    case .affine:
      let operands = node.inputs.compactMap { values[$0] }
      do throws(GeometryError) {
        values[step.node] = try node.layer.forward(operands)
      } catch {
        throw .layerDoesNotFit(layer: node.layerName, input: "what reaches it", reason: error)
      }
    case .kinked(let segments):
      let input = operand(of: step)
      let count = states.count
      let (slopes, intercepts) = (segments.slopes.map(Float.init), segments.intercepts.map(Float.init))
      values[step.node] = Tensor(input.shape) { target in
        input.withValues { x in
          for item in [0, count] {
            for (element, state) in states.enumerated() {
              let value = slopes[Int(state)] * x[item + element] + intercepts[Int(state)]
              target.initializeElement(at: item + element, to: value)
            }
          }
        }
      }
    case .largest:
      let input = operand(of: step)
      values[step.node] = Tensor(node.shape.with(batch: 2)) { target in
        input.withValues { x in
          for item in 0..<2 {
            for (element, winner) in states.enumerated() {
              target.initializeElement(
                at: item * states.count + element, to: x[item * input.shape.itemCount + Int(winner)])
            }
          }
        }
      }
    }
  }

  /// The first crossing of a step at or behind a position, of all units that cross there.
  private func crossing(of index: Int, after position: Double) -> Crossing? {
    let step = steps[index]
    var first = Crossing(position: .infinity, step: index, changes: [])
    func note(_ crossing: Double, _ element: Int, _ state: Int32) {
      let at = max(crossing, position)
      if at < first.position { first = Crossing(position: at, step: index, changes: []) }
      if at == first.position { first.changes.append((element, state)) }
    }
    switch step.kind {
    case .affine: return nil
    case .kinked(let segments):
      let x = operand(of: step).values
      for (element, state) in states[index].enumerated() {
        let (from, to) = (Double(x[element]), Double(x[x.count / 2 + element]))
        let isRising = to > from
        let kink = isRising ? Int(state) : Int(state) - 1
        guard from != to, segments.kinks.indices.contains(kink) else { continue }
        note((segments.kinks[kink] - from) / (to - from), element, isRising ? state + 1 : state - 1)
      }
    case .largest(let cells):
      let input = operand(of: step)
      let (x, channels) = (input.values, input.shape.channels)
      let (begin, end) = (x.prefix(x.count / 2), Array(x.suffix(x.count / 2)))
      for (element, winner) in states[index].enumerated() {
        for cell in cells[element / channels] {
          let rival = cell * channels + element % channels
          let ahead = Double(begin[Int(winner)]) - Double(begin[rival])
          let gain = (Double(end[rival]) - Double(end[Int(winner)])) + ahead
          if gain > 0 { note(ahead / gain, element, Int32(rival)) }
        }
      }
    }
    return first.position < 1 ? first : nil
  }
}
