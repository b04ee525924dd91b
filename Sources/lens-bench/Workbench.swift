import Foundation
import SignalLens

/// Something to be timed.
struct Job: Codable {
  /// What is done.
  enum Kind: String, Codable {
    /// The answers to all items, as one batch.
    case forward
    /// The explanation of every item, one by one.
    case explain
    /// The scores of many masked copies of one item, summed up as weights of their masks.
    case masked
    /// Some epochs of training from the weights of the file.
    case train
  }

  var kind: Kind
  /// A Keras file.
  var model: String
  /// A .npy file of items.
  var input: String
  /// How many of its items are taken; all when `nil`.
  var items: Int?
  /// For explanations.
  var method: String?
  var settings: [String: String]?
  var space: String?
  /// Whether the map at the layer's resolution is wanted, signed, where the method has one.
  var atLayer: Bool?
  /// A .npy file of masks with the extents of an item.
  var masks: String?
  /// How many masked copies are run; the masks are taken in turn.
  var copies: Int?
  /// For training: a .npy file of classes, the number of epochs and of items in a batch.
  var labels: String?
  var epochs: Int?
  var batch: Int?
  /// Where the result goes, as 32-bit numbers without a header.
  var output: String?
}

/// Models and arrays that jobs use, kept between jobs.
struct Workbench {
  private var models: [String: Model] = [:]
  private var arrays: [String: Tensor] = [:]

  /// Reads what a job needs.
  mutating func prepare(_ job: Job) throws {
    if models[job.model] == nil { models[job.model] = try Model(keras: job.model) }
    for path in [job.input, job.masks, job.labels].compactMap({ $0 }) where arrays[path] == nil {
      arrays[path] = try ArrayFile(contentsOf: path).array().tensor()
    }
  }

  /// Does a job.
  ///
  /// - Returns: The answers, the maps, the weighted mask or the losses of the epochs.
  /// - Throws: What the model or the method throws.
  func run(_ job: Job) throws -> Tensor {
    guard let model = models[job.model], let all = arrays[job.input] else {
      preconditionFailure("a job is prepared before it is run")
    }
    let input = job.items.map { all.items(0..<$0) } ?? all
    switch job.kind {
    case .forward: return try model.predict(input)
    case .explain:
      let id = job.method ?? "gradient"
      let method = try MethodCatalog.method(
        id, settings: MethodSettings(method: id, values: job.settings ?? [:]))
      let target = Target(.top, in: job.space.flatMap(ScoreSpace.init) ?? .logit)
      return Tensor(
        joining: try Threads.map(input.shape.batch) { index in
          let attribution = try model.explain(input.item(index), with: method, for: target)
          return job.atLayer == true ? attribution.layerMap ?? attribution.map : attribution.map
        })
    case .masked: return try masked(input.item(0), model, job)
    case .train:
      guard let labels = job.labels.flatMap({ arrays[$0] }) else {
        preconditionFailure("a training job has labels")
      }
      return try train(model, with: input, labels: labels, job)
    }
  }

  private func masked(_ item: Tensor, _ model: Model, _ job: Job) throws -> Tensor {
    guard let masks = job.masks.flatMap({ arrays[$0] }), let copies = job.copies else {
      preconditionFailure("a masked job has masks and a number of copies")
    }
    let target = Target(.index(try model.score(.topClass, at: item).targets[0]), in: .probability)
    let batches = model.streamed(copies)
    var sum = [Double](repeating: 0, count: item.shape.positions)
    try Threads.stream(batches.count) { batch in
      let indices = batches[batch]
      let masked = Tensor(joining: indices.map { item.masked(by: masks, $0 % masks.shape.batch) })
      return (indices, try model.score(target, at: masked).scores)
    } into: { (indices, scores) in
      masks.withValues { values in
        for (index, score) in zip(indices, scores) {
          let first = index % masks.shape.batch * sum.count
          for position in sum.indices { sum[position] += score * Double(values[first + position]) }
        }
      }
    }
    return Tensor(item.shape.with(channels: 1), sum.map { Float($0 / Double(copies)) })
  }
}

extension Tensor {
  /// The item times one of several masks over its positions.
  fileprivate func masked(by masks: Tensor, _ index: Int) -> Tensor {
    let channels = shape.channels
    return Tensor(shape) { target in
      withValues { values in
        masks.withValues { masks in
          let first = index * shape.positions
          for position in 0..<shape.positions {
            for channel in 0..<channels {
              let element = position * channels + channel
              target.initializeElement(at: element, to: values[element] * masks[first + position])
            }
          }
        }
      }
    }
  }
}
