import Networks
import TensorCore
import TestSupport
import Training

/// Networks and data that are trained in no time.
enum SmallProblem {
  /// Convolution, batch normalisation, ReLU, dropout, flatten, dense, softmax for signals of 12 positions and 2 channels.
  static func network(
    classes: Int = 3, channels: Int = 5, firstName: String = "conv", seed: UInt32 = 1
  ) throws -> Model {
    var builder = ModelBuilder(name: "small")
    let input = try builder.add(InputLayer(shape: [1, 12, 2]), name: "input")
    let convolution = try Convolution(
      weights: Tensor([3, 2, channels], seed: seed, from: -0.5, to: 0.5), bias: Tensor([channels]),
      window: Window(kernel: [3], padding: .same))
    let first = try builder.add(ConvolutionLayer(convolution), name: firstName, after: [input])
    let (zeros, ones) = ([Float](repeating: 0, count: channels), [Float](repeating: 1, count: channels))
    let batch = BatchNormalization(gamma: ones, beta: zeros, mean: zeros, variance: ones, momentum: 0.9)
    let normalized = try builder.add(NormalizationLayer(batch), name: "norm", after: [first])
    let rectified = try builder.add(ActivationLayer(.relu()), name: "relu", after: [normalized])
    let dropped = try builder.add(DropoutLayer(rate: 0.2), name: "dropout", after: [rectified])
    let flat = try builder.add(FlattenLayer(), name: "flatten", after: [dropped])
    let dense = try Convolution(
      weights: Tensor([12 * channels, classes], seed: seed + 1, from: -0.3, to: 0.3), bias: Tensor([classes]),
      window: Window(kernel: []))
    let logits = try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    try builder.add(SoftmaxLayer(), name: "softmax", after: [logits])
    return try builder.model()
  }

  /// One dense layer of two inputs.
  static func line(outputs: Int = 2, end: (any Layer)? = SoftmaxLayer()) throws -> Model {
    var builder = ModelBuilder(name: "line")
    let input = try builder.add(InputLayer(shape: [1, 2]), name: "input")
    let dense = try Convolution(
      weights: Tensor([2, outputs], seed: 3), bias: Tensor([outputs]), window: Window(kernel: []))
    let logits = try builder.add(ConvolutionLayer(dense), name: "dense", after: [input])
    if let end { try builder.add(end, name: "end", after: [logits]) }
    return try builder.model()
  }

  /// Signals whose class is that of their mean, apart by `distance` deviations of the noise.
  static func signals(_ count: Int = 40, classes: Int = 3, distance: Double = 2, seed: UInt32 = 5) throws
    -> TensorData
  {
    var random = NumPyLegacyRandom(seed: seed)
    let labels = (0..<count).map { $0 % classes }
    let values = labels.flatMap { label in
      (0..<24).map { _ in Float(random.standardNormal() + distance * Double(label - 1)) }
    }
    return try TensorData(Tensor([count, 12, 2], values), labels: labels, classes: classes)
  }

  /// Points of the plane, those of class 1 right of those of class 0.
  static func points(_ count: Int = 20) throws -> TensorData {
    var random = NumPyLegacyRandom(seed: 9)
    let labels = (0..<count).map { $0 % 2 }
    let values = labels.flatMap { label in
      [Float(random.uniform() + (label == 1 ? 0.5 : -1.5)), Float(random.uniform(-1, 1))]
    }
    return try TensorData(Tensor([count, 2], values), labels: labels, classes: 2)
  }
}

/// Items that are other ones in every epoch: noise is added that follows from epoch and index.
struct NoisyData: TrainingData {
  let source: TensorData

  var count: Int { source.count }
  var itemShape: Shape { source.itemShape }
  var classes: Int { source.classes }
  var labels: [Int] { source.labels }

  func items(_ indices: [Int], epoch: Int?) -> Tensor {
    var items = source.items(indices, epoch: epoch)
    guard let epoch else { return items }
    let size = items.shape.itemCount
    items.withMutableValues { values in
      for (place, index) in indices.enumerated() {
        var random = NumPyLegacyRandom(seed: 4, item: epoch * 1000 + index)
        for element in 0..<size { values[place * size + element] += Float(0.3 * random.standardNormal()) }
      }
    }
    return items
  }
}

/// The numbers of all layers, moving statistics too, bit by bit.
func bits(of model: Model) -> [UInt32] {
  model.nodes.flatMap { node -> [UInt32] in
    var bits: [UInt32] = []
    _ = try? (node.layer as? any TrainedLayer)?.replacingParameters {
      bits += $0.bits
      return $0
    }
    let batch = (node.layer as? NormalizationLayer)?.batchNormalization
    return bits + ((batch?.mean ?? []) + (batch?.variance ?? [])).map(\.bitPattern)
  }
}

/// The numbers of all layers in the order of Keras's `get_weights`.
func numbers(of model: Model) -> [Float] { bits(of: model).map { Float(bitPattern: $0) } }

extension Model {
  /// The arrays of trained numbers of a layer.
  func parameters(ofLayer name: String) -> [[Float]] {
    nodes.filter { $0.layerName == name }.flatMap { node in
      ((node.layer as? any TrainableLayer)?.parameters ?? []).map(\.values.values)
    }
  }
}

extension [Float] {
  /// Whether no element is infinite or not a number.
  var isFinite: Bool { allSatisfy(\.isFinite) }
}

extension History {
  /// The lines of the table without the last column, the times.
  var withoutTimes: [String] {
    csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
    }
  }
}
