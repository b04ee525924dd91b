import TensorCore

/// One operation of a network: a value that maps tensors to a tensor and cotangents back.
///
/// Tensors have the axes `[batch, spatial..., channels]`; the items of a batch do not see each other.
public protocol Layer: Sendable {
  /// What the layer is to methods that treat kinds of layers differently.
  var role: LayerRole { get }

  /// The number of trained numbers in it.
  var parameterCount: Int { get }

  /// The shape of the output for inputs of given shapes.
  ///
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape

  /// The output for given inputs.
  ///
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func forward(_ inputs: [Tensor]) throws(GeometryError) -> Tensor

  /// The cotangents of the inputs: the transposed derivative applied to the cotangent of the output.
  ///
  /// - Throws: `GeometryError` when the layer cannot take such inputs.
  func pullback(_ cotangent: Tensor, at site: Site) throws(GeometryError) -> [Tensor]
}

extension Layer {
  /// None, for layers that are not trained.
  public var parameterCount: Int { 0 }
}

/// What went into a layer and came out of it in one forward pass.
public struct Site: Sendable {
  /// The inputs of the layer.
  public let inputs: [Tensor]
  /// Its output.
  public let output: Tensor

  /// Creates a site.
  public init(inputs: [Tensor], output: Tensor) {
    self.inputs = inputs
    self.output = output
  }
}

/// What a layer is to methods that treat kinds of layers differently.
public enum LayerRole: String, Sendable, CaseIterable {
  /// Where data enters.
  case input
  /// A linear map with a kernel that slides over the spatial axes.
  case convolution
  /// A linear map of all channels of a position.
  case dense
  /// A scale and a shift, fixed ones or those that the item's own statistics give.
  case normalization
  /// An element-wise function.
  case activation
  /// The softmax over the channels.
  case softmax
  /// The largest value of every window.
  case maximumPooling
  /// The mean of every window.
  case averagePooling
  /// Another order, shape or border of the same values.
  case routing
  /// Leaves its input as it is at inference.
  case identity
  /// Several inputs become one: element by element, or one behind the other.
  case merge
  /// The same step for every position of a sequence, with a state that is handed on.
  case recurrent
  /// Products of inputs: means of positions, weighted by how well they fit a query, and inner products.
  case attention
  /// One vector for every index.
  case embedding
  /// Which positions of a sequence count.
  case mask
}
