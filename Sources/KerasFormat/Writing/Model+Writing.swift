import HDF5Files
import Networks

extension Model {
  /// Writes the model as a legacy Keras file (`.h5`) that Keras 2 and Keras 3 load, with the same predictions.
  ///
  /// A chain of layers is written as a Sequential model, any other graph as a Functional one. What Keras keeps beside predictions and
  /// is not known to a model is not in the file: initializers, regularizers, loss and optimizer. Dropout, noise and batch normalisation are
  /// written with all that training needs, so that it can go on. A layer with weights that is used twice is written once, with two uses.
  /// Nodes that no output needs are left out, and `/` in names becomes `_`.
  ///
  /// An operation for which the two versions have no common layer is written as layers that compute the same: `MultiHeadAttention` as
  /// `Dense` and `Attention` per head, functions such as `hard_sigmoid` through `Rescaling` and `ReLU`, arithmetic with constants as
  /// `Rescaling`, slices as `Cropping2D`. Predictions then agree within rounding, elsewhere bit by bit. Masks must be those that both
  /// versions derive from `Masking` and `Embedding`.
  ///
  /// - Parameter path: The path of the file, which is replaced at the end, whole or not at all.
  /// - Throws: `KerasWritingError` when a layer has no counterpart that Keras 2 and 3 compute alike, `HDF5Error.notWritable` or
  ///   `WholeFileError`.
  public func write(keras path: String) throws {
    let network = try WrittenNetwork(self)
    try HDF5File.write(to: path) { root in
      try root.setAttribute("model_config", to: .string(network.configuration.json))
      try WrittenWeights.mark(root)
      try WrittenWeights.write(network.members, to: root.group("model_weights"))
    }
  }
  /// Finds out whether the model can be written, without writing it.
  ///
  /// - Throws: `KerasWritingError` when a layer has no counterpart that Keras 2 and 3 compute alike.
  public func requireWritable() throws(KerasWritingError) { _ = try WrittenNetwork(self) }
}
