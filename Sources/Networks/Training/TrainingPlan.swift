import Synchronization
import TensorCore

/// What a pass of training computes in which order, for any weights of a model.
///
/// Steps are those of an `ExecutionPlan`, except that what is trained is not folded into something else. The way back visits the nodes that
/// lie between the end and a trained node, and sends nothing to inputs before which nothing is trained.
struct TrainingPlan: Sendable {
  /// What a plan is for.
  struct Purpose: Hashable, Sendable {
    /// The node at which the loss starts.
    var source: Model.Node.ID
    /// The nodes that are trained.
    var trained: Set<Model.Node.ID>
  }

  /// One step of the way back.
  struct BackwardStep: Sendable {
    /// The position among the steps.
    let step: Int
    /// For every input whether a cotangent goes there.
    let reaches: [Bool]
    /// The rectifier that gave the first input, when this step leaves out what it stopped.
    let gate: Rectifier?
    /// Whether what this step's own rectifier stopped has still to be left out.
    let isGatedHere: Bool
  }

  let purpose: Purpose
  /// The steps; their layers are those that the model had when the plan was made, and only those of `folded` hold for other weights.
  let steps: [ExecutionPlan.Step]
  let backward: [BackwardStep]
  /// The nodes whose numbers are part of another layer in the steps.
  let folded: Set<Model.Node.ID>
  /// For every node with trained numbers the node that has them first.
  let firstUses: [Model.Node.ID: Model.Node.ID]
  /// About the most bytes that values and cotangents take at a time, for one item: all values, and cotangents around the largest layer.
  let bytes: Int
  /// The steps whose layers act in training alone: dropout, noise, batch normalisations that are trained.
  let acting: [Int]

  /// Plans the passes of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - purpose: What the passes are for.
  init(of model: Model, for purpose: Purpose) {
    self.purpose = purpose
    let firstUses = model.firstUses
    self.firstUses = firstUses
    let trained = Set(firstUses.keys.filter { purpose.trained.contains(firstUses[$0] ?? $0) })
    let made = FusedOperations(isFusing: true).steps(
      of: model, keeping: [purpose.source], needed: model.ancestors(of: [purpose.source]), unfolded: trained
    ).map(\.roundedFreely)
    folded = Set(
      made.flatMap { step -> [Model.Node.ID] in
        guard let layer = step.layer as? ConvolutionLayer, layer.convolution.scaling != nil else { return [] }
        return [step.operation] + model.readers(of: step.operation)
      })
    backward = Self.wayBack(from: purpose.source, to: trained, over: made)
    let kept = backward.flatMap { [made[$0.step].node] + made[$0.step].inputs }
    steps = ExecutionPlan.releasing(made, except: Set(kept + [purpose.source]))
    let sizes = made.map { model.nodes[$0.node].shape.count * MemoryLayout<Float>.stride }
    bytes = sizes.reduce(0, +) + 3 * (sizes.max() ?? 0)
    acting = steps.indices.filter { [steps, folded] index in
      let step = steps[index]
      let layer = model.nodes[step.operation].layer
      return layer is any TrainingModeLayer && !folded.contains(step.operation)
        && (!(layer is any TrainableLayer) || trained.contains(step.operation))
    }
  }

  /// Whether a node, or the first use of its layer, is trained.
  func isTrained(_ node: Model.Node.ID) -> Bool { purpose.trained.contains(firstUses[node] ?? node) }

  private static func wayBack(
    from source: Model.Node.ID, to trained: Set<Model.Node.ID>, over steps: [ExecutionPlan.Step]
  ) -> [BackwardStep] {
    let rectifiers = Dictionary(uniqueKeysWithValues: steps.map { ($0.node, $0.rectifier) })
    var depends: Set<Model.Node.ID> = []
    for step in steps where trained.contains(step.operation) || step.inputs.contains(where: depends.contains)
    {
      depends.insert(step.node)
    }
    var visited: [Int] = []
    var reached: Set = [source]
    for (index, step) in steps.enumerated().reversed()
    where reached.contains(step.node) && depends.contains(step.node) {
      reached.formUnion(step.inputs.filter(depends.contains))
      visited.append(index)
    }
    var readers: [Model.Node.ID: Int] = [:]
    for input in visited.flatMap({ steps[$0].inputs }) { readers[input, default: 0] += 1 }
    var gated: Set<Model.Node.ID> = []
    return visited.map { index in
      let step = steps[index]
      let input = step.inputs[0]
      let isFree = readers[input] == 1 && input != source && depends.contains(input)
      let gate = step.layer is any FusingLayer && isFree ? rectifiers[input] ?? nil : nil
      if gate != nil { gated.insert(input) }
      return BackwardStep(
        step: index, reaches: step.inputs.map(depends.contains), gate: gate,
        isGatedHere: step.rectifier != nil && !gated.contains(step.node))
    }
  }
}

/// The plans of training that have been asked for, shared by models that differ in their weights alone.
final class TrainingPlans: Sendable {
  /// Plans that are kept: training asks for one, and for another when layers thaw.
  private static let mostKept = 8

  private let plans = Mutex<[TrainingPlan.Purpose: TrainingPlan]>([:])

  /// The plan for a purpose.
  func plan(of model: Model, for purpose: TrainingPlan.Purpose) -> TrainingPlan {
    if let plan = plans.withLock({ $0[purpose] }) { return plan }
    let plan = TrainingPlan(of: model, for: purpose)
    plans.withLock { plans in
      if plans.count == Self.mostKept { plans.removeAll() }
      plans[purpose] = plan
    }
    return plan
  }

  /// The plans for a model with other layers at some nodes: these, unless one has such a node's numbers in it.
  func replacing(_ nodes: some Sequence<Model.Node.ID>) -> TrainingPlans {
    let changed = Set(nodes)
    let holds = plans.withLock { $0.values.contains { !$0.folded.isDisjoint(with: changed) } }
    return holds ? TrainingPlans() : self
  }
}
