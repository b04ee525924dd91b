import TensorCore

/// What is computed in which order, and together, when the values of some nodes and the gradient at some are wanted.
///
/// A plan holds only the part of the graph that its purpose needs. On the way forward a value is let go when nothing reads it any more;
/// on the way back when its own step has been passed. Its memory then goes to the next value of the same size, so that passes after
/// the first ask the system for none.
struct ExecutionPlan: Sendable {
  /// What a plan is for.
  struct Purpose: Hashable, Sendable {
    /// The nodes whose values are wanted.
    var values: [Model.Node.ID]
    /// The node at which a cotangent starts, and those at which it is wanted.
    var gradient: Gradient?

    /// The ends of a way back.
    struct Gradient: Hashable, Sendable {
      var source: Model.Node.ID
      var targets: [Model.Node.ID]
      /// Whether it is one of many that are summed up, over points or over the positions of feature maps.
      var isSummand = false
    }
  }

  /// One node, or several that are computed together.
  struct Step: Sendable {
    /// The node whose value the step gives: the last one of those computed together.
    let node: Model.Node.ID
    /// The node that has the layer: the first one of those computed together.
    let operation: Model.Node.ID
    let layer: any Layer
    /// What the layer's output goes through.
    let rectifier: Rectifier?
    let inputs: [Model.Node.ID]
    /// The operations that are computed together band by band, when there are several; the layer and the rectifier are the last one's.
    var sequence: SlidingSequence?
    /// Values that nothing reads after this step.
    var released: [Model.Node.ID] = []

    /// The same step where no maximum behind it has to find the first of equal values, because there is none, or because only the
    /// answer is wanted and nothing asks afterwards where a maximum came from.
    var roundedFreely: Step { convolving { $0.roundedFreely } }

    /// The same step where a maximum behind it has to find the first of equal values, but may err between those that rounding alone
    /// tells apart.
    var roundedEvenly: Step { convolving { $0.roundedEvenly } }

    /// The same step as exact as it gets.
    var roundedLeast: Step { convolving { $0.roundedLeast } }

    private func convolving(_ change: (Convolution) -> Convolution) -> Step {
      guard let layer = layer as? ConvolutionLayer else { return self }
      return computing(ConvolutionLayer(change(layer.convolution)))
    }

    /// The same step with another layer, which gives values of the same shape.
    func computing(_ layer: any Layer) -> Step {
      Step(
        node: node, operation: operation, layer: layer, rectifier: rectifier, inputs: inputs,
        released: released)
    }
  }

  /// One step of the way back.
  struct BackwardStep: Sendable {
    let step: Step
    /// For every input whether a cotangent goes there.
    let reaches: [Bool]
    /// The rectifier that gave the first input, when this step leaves out what it stopped.
    let gate: Rectifier?
    /// Whether what this step's own rectifier stopped has still to be left out.
    let isGatedHere: Bool
  }

  let purpose: Purpose
  let steps: [Step]
  let backward: [BackwardStep]

  /// Plans the passes of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - purpose: What the passes are for.
  ///   - operations: How nodes become steps.
  init(of model: Model, for purpose: Purpose, by operations: FusedOperations) {
    self.purpose = purpose
    let kept = purpose.values + (purpose.gradient.map { [$0.source] + $0.targets } ?? [])
    var steps = operations.steps(of: model, keeping: Set(kept), needed: model.ancestors(of: kept))
    let isAnswer = purpose.gradient == nil && Set(kept).isSubset(of: model.outputs + [model.head.logits])
    let choosing = model.nodesBeforeMaxima
    let isSummand = purpose.gradient?.isSummand == true
    let isAtInputs = purpose.gradient.map { Set($0.targets).isSubset(of: model.inputs) } ?? true
    let isBeforeTargets = model.ancestors(of: purpose.gradient?.targets ?? [])
    steps = steps.map { step in
      // Methods divide by what they make of gradients at feature maps, and the part of the network behind those is small.
      guard isAtInputs || isSummand && isBeforeTargets[step.node] else { return step.roundedLeast }
      if isAnswer || !choosing[step.node] { return step.roundedFreely }
      return isSummand ? step.roundedEvenly : step
    }
    backward = purpose.gradient.map { Self.wayBack($0, over: steps) } ?? []
    let read = Set(kept).union(backward.flatMap { [$0.step.node] + $0.step.inputs })
    if operations.isFusing { steps = Self.inBands(steps, of: model, except: read) }
    self.steps = Self.releasing(steps, except: read)
  }

  /// The steps with the values that each is the last to read.
  static func releasing(_ steps: [Step], except kept: Set<Model.Node.ID>) -> [Step] {
    var lastReader: [Model.Node.ID: Int] = [:]
    for (index, step) in steps.enumerated() { for input in step.inputs { lastReader[input] = index } }
    var result = steps
    for (value, index) in lastReader where !kept.contains(value) { result[index].released.append(value) }
    return result
  }

  private static func wayBack(_ gradient: Purpose.Gradient, over steps: [Step]) -> [BackwardStep] {
    let rectifiers = Dictionary(uniqueKeysWithValues: steps.map { ($0.node, $0.rectifier) })
    var depends = Set(gradient.targets)
    for step in steps where step.inputs.contains(where: depends.contains) { depends.insert(step.node) }
    var visited: [Step] = []
    var reached: Set = [gradient.source]
    for step in steps.reversed() where reached.contains(step.node) && depends.contains(step.node) {
      let inputs = step.inputs.filter(depends.contains)
      guard !inputs.isEmpty else { continue }
      reached.formUnion(inputs)
      visited.append(step)
    }
    var readers: [Model.Node.ID: Int] = [:]
    for input in visited.flatMap(\.inputs) { readers[input, default: 0] += 1 }
    var gated: Set<Model.Node.ID> = []
    return visited.map { step in
      let input = step.inputs[0]
      let isFree = readers[input] == 1 && !gradient.targets.contains(input) && depends.contains(input)
      let gate = step.layer is any FusingLayer && isFree ? rectifiers[input] ?? nil : nil
      if gate != nil { gated.insert(input) }
      return BackwardStep(
        step: step, reaches: step.inputs.map(depends.contains), gate: gate,
        isGatedHere: step.rectifier != nil && !gated.contains(step.node))
    }
  }
}

extension Model {
  /// For every node whether a maximum over positions lies behind it.
  fileprivate var nodesBeforeMaxima: [Bool] {
    var result = [Bool](repeating: false, count: nodes.count)
    for (id, node) in nodes.enumerated().reversed() where result[id] || node.layer.role == .maximumPooling {
      for input in node.inputs { result[input] = true }
    }
    return result
  }
}
