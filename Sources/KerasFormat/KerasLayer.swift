import Foundation
import Networks
import TensorCore

/// How layers of some Keras classes are read.
protocol KerasLayer: Sendable {
  /// The classes, as `class_name` has them.
  static var classNames: [String] { get }

  /// The order of axes in which a layer reads inputs of some rank, the batch axis counted; the file's own unless a reader says more.
  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder

  /// The operations that make up a layer, in order; the first one reads the layer's inputs.
  static func layers(for source: LayerSource) throws(KerasFormatError) -> [any Layer]

  /// What becomes of the masks of what a layer reads.
  static func maskFlow(for source: LayerSource) throws(KerasFormatError) -> MaskFlow

  /// How many tensors a use may read.
  static var inputCount: ClosedRange<Int> { get }

  /// Whether the operations depend on nothing of a use but the shapes that it reads.
  static var ignoresCall: Bool { get }
}

extension KerasLayer {
  /// The file's own.
  static func order(of configuration: LayerConfiguration, rank: Int) throws(KerasFormatError) -> AxisOrder {
    .file
  }

  /// One.
  static var inputCount: ClosedRange<Int> { 1...1 }

  /// True: only functions that are given more than tensors look at that.
  static var ignoresCall: Bool { true }
}

/// What there is to read about one layer.
struct LayerSource {
  /// Its configuration.
  let configuration: LayerConfiguration
  /// Its weights.
  let weights: LayerWeights
  /// The shapes of its inputs for one item.
  let inputs: [Shape]
  /// The shapes of the masks of its inputs, `nil` where an input has none.
  var masks: [Shape?] = []
  /// The use that is read, with what it is given beside tensors.
  var call = LayerCall([])
  /// The axis of the file's order that the inputs have behind the others, if they have.
  var movedAxis: Int?

  /// The number of channels of its input.
  var channels: Int { inputs[0].channels }

  /// The number of spatial axes that the class name says, which the input must have.
  func spatialRank() throws(KerasFormatError) -> Int {
    let found = inputs[0].spatial.count
    guard let expected = configuration.spatialRank, expected == found else {
      throw .model(
        file: configuration.file,
        .layerDoesNotFit(
          layer: configuration.name, input: inputs[0].item,
          reason: .rankMismatch(window: configuration.spatialRank ?? found, input: found)))
    }
    return found
  }

  /// Runs something that may not fit and reports it as an error of this layer.
  func fitting<Result>(_ body: () throws(GeometryError) -> Result) throws(KerasFormatError) -> Result {
    do {
      return try body()
    } catch {
      throw .model(
        file: configuration.file,
        .layerDoesNotFit(layer: configuration.name, input: inputs[0].item, reason: error))
    }
  }
}

/// The catalogue of layers that can be read: one line each.
package enum KerasLayers {
  static let all: [any KerasLayer.Type] = [
    ConvolutionReader.self,
    TransposedConvolutionReader.self,
    DepthwiseConvolutionReader.self,
    DenseReader.self,
    PoolingReader.self,
    GlobalPoolingReader.self,
    AdaptivePoolingReader.self,
    BatchNormalizationReader.self,
    LayerNormalizationReader.self,
    GroupNormalizationReader.self,
    UnitNormalizationReader.self,
    FeatureNormalizationReader.self,
    RescalingReader.self,
    ActivationReader.self,
    ParametricReLUReader.self,
    FlattenReader.self,
    PermuteReader.self,
    RepeatVectorReader.self,
    ZeroPaddingReader.self,
    CroppingReader.self,
    UpSamplingReader.self,
    ResizingReader.self,
    CenterCropReader.self,
    IdentityReader.self,
    DropoutReader.self,
    GaussianNoiseReader.self,
    AugmentationReader.self,
    RecurrentReader.self,
    BidirectionalReader.self,
    TimeDistributedReader.self,
    MaskingReader.self,
    EmbeddingReader.self,
    AttentionReader.self,
    MultiHeadAttentionReader.self,
    DotReader.self,
    MergeReader.self,
    ConcatenateReader.self,
    ReshapeReader.self,
    OperationReader.self,
  ]

  /// The classes that can be read, sorted.
  package static var classNames: [String] { all.flatMap { $0.classNames }.sorted() }

  /// The reader of a class.
  static func reader(of layerClass: String) -> (any KerasLayer.Type)? {
    if layerClass.hasPrefix(OperationReader.classPrefix) { return OperationReader.self }
    return all.first { $0.classNames.contains(layerClass) }
  }
}
