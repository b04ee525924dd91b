/// A layer whose output is a linear function of its inputs, plus a constant: it has no kinks and nothing that is curved.
///
/// A model of such layers, continuous piecewise linear activations and maximum poolings is piecewise linear itself.
public protocol AffineLayer: Layer {}

extension ConvolutionLayer: AffineLayer {}
extension NormalizationLayer: AffineLayer {}
extension FlattenLayer: AffineLayer {}
extension ZeroPaddingLayer: AffineLayer {}
extension IdentityLayer: AffineLayer {}
extension DropoutLayer: AffineLayer {}
extension GaussianNoiseLayer: AffineLayer {}
