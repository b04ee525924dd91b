import Networks

/// A method that uses the feature maps of layers.
public protocol FeatureMapMethod: MethodCatalog.Entry {
  /// The layers, and how their maps come to the input's resolution.
  var options: FeatureMapOptions { get }
}

extension FeatureMapMethod {
  /// Checks that a model has the layers, and these feature maps over the positions of the input.
  ///
  /// - Throws: `ExplanationError` when a layer is not there or has none.
  public func check(_ model: Model) throws(ExplanationError) {
    _ = try options.nodes(in: model, for: Self.info.id)
  }
}
