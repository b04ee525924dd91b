import Networks
import TensorCore

/// A network with chosen feature maps and gradients: an image of two channels through a convolution that leaves it as it is, then one
/// linear output whose weights are the gradient at every feature.
///
/// The numbers are those of the worked example: A1 = [[1, 2], [0, 1]], A2 = [[0, 1], [2, 1]]; G1 = [[.5, .1], [0, -.2]],
/// G2 = [[-.3, .2], [.4, .1]]; the score is the sum of all products, .5 + .2 - .2 + .2 + .8 + .1 = 1.6.
struct ChosenGradients {
  var maps: [Float] = [1, 0, 2, 1, 0, 2, 1, 1]
  var gradient: [Float] = [0.5, -0.3, 0.1, 0.2, 0, 0.4, -0.2, 0.1]

  /// The item whose feature maps are `maps`.
  var input: Tensor { Tensor([1, 2, 2, 2], maps) }

  /// The network; with `rows` its input has rows as positions and is reshaped to the image first.
  func model(rows: Bool = false) throws -> Model {
    var builder = ModelBuilder(name: "chosen gradients")
    let identity = try Convolution(
      weights: Tensor([1, 1, 2, 2], [1, 0, 0, 1]), window: Window(kernel: [1, 1]))
    let dense = try Convolution(weights: Tensor([8, 1], gradient), window: Window(kernel: []))
    var input = try builder.add(InputLayer(shape: rows ? [1, 2, 4] : [1, 2, 2, 2]), name: "input")
    if rows { input = try builder.add(ReshapeLayer(to: [2, 2, 2]), name: "reshape", after: [input]) }
    let conv = try builder.add(ConvolutionLayer(identity), name: "conv", after: [input])
    let flat = try builder.add(FlattenLayer(), name: "flatten", after: [conv])
    try builder.add(ConvolutionLayer(dense), name: "dense", after: [flat])
    return try builder.model()
  }
}
