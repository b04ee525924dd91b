import Foundation
import HDF5Files
import KerasFormat
import Networks
import TensorCore
import TestSupport
import Testing

/// Options of feed-forward layers that do not fit, and what is said about each; none of these layers needs weights.
@Suite struct LayerOptionErrorTests {
  /// What reading a model of one layer says, with FILE for its path.
  private func said(_ layerClass: String, _ options: String, input: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).h5").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let first =
      "{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"in\", \"batch_shape\": [null, \(input)]}}"
    let layer =
      "{\"class_name\": \"\(layerClass)\", \"config\": {\"name\": \"it\"\(options.isEmpty ? "" : ", ")\(options)}}"
    let text = "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [\(first), \(layer)]}}"
    try HDF5File.write(to: path) { root in
      try root.setAttribute("model_config", to: .string(text))
      try root.setAttribute("keras_version", to: .string("3.0.0"))
    }
    return sentence { _ = try Model(keras: path) }.replacingOccurrences(of: path, with: "FILE")
  }

  /// Python takes 0 and 1 as truth values, and some files have them.
  @Test(arguments: [
    ("0", "no error"),
    ("2", "'FILE': layer 'it' (LayerNormalization) should have true or false as 'scale', but has 2"),
    ("1", "'FILE' has no weight 'gamma' for layer 'it' (LayerNormalization)"),
  ])
  func numbersAsTruthValues(value: String, expected: String) throws {
    let options = "\"scale\": \(value), \"center\": false"
    #expect(try said("LayerNormalization", options, input: "5, 2").hasPrefix(expected))
  }

  @Test(arguments: [
    (
      "Cropping1D", "\"cropping\": [2, 3]", "5, 2",
      "'FILE': layer 'it' cannot take 5x2 as its input: a window that reaches over 6 cells does not fit into 5 cells "
        + "along spatial axis 0"
    ),
    (
      "Cropping2D", "\"cropping\": [1]", "5, 5, 2",
      "'FILE': layer 'it' (Cropping2D) should have whole numbers from zero for 2 axes as 'cropping', but has the list [1]"
    ),
    (
      "Permute", "\"dims\": [1, 3]", "5, 5, 2",
      "'FILE': layer 'it' (Permute) should have the numbers from 1 to 3 in some order as 'dims', but has the list [1, 3]"
    ),
    (
      "RepeatVector", "\"n\": 3", "5, 2",
      "'FILE': layer 'it' cannot take 5x2 as its input: a window over 0 spatial axes cannot slide over an input with 1 spatial axes"
    ),
    (
      "UpSampling2D", "\"size\": 2, \"interpolation\": \"guess\"", "5, 5, 2",
      "'FILE': layer 'it' (UpSampling2D) should have one of 'nearest', 'bilinear', 'bicubic', 'area', 'lanczos3', "
        + "'lanczos5', 'gaussian', 'mitchellcubic' as 'interpolation', but has the text 'guess'"
    ),
    (
      "Resizing", "\"height\": 2, \"width\": 4000000", "5, 5, 2",
      "'FILE': layer 'it' cannot take 5x5x2 as its input: a new extent of 4000000 is outside the range 1 to 1048576"
    ),
    (
      "Softmax", "\"axis\": 0", "5, 2",
      "'FILE': layer 'it' (Softmax) should have different axes from 1 to 2, or from the back from -1 to -2, as 'axis', but has 0"
    ),
    (
      "UnitNormalization", "\"axis\": [1, 1]", "5, 2",
      "'FILE': layer 'it' (UnitNormalization) should have different axes from 1 to 2, or from the back from -1 to -2, "
        + "as 'axis', but has the list [1, 1]"
    ),
    (
      "GroupNormalization", "\"groups\": 3, \"scale\": false, \"center\": false", "5, 4",
      "'FILE': layer 'it' cannot take 5x4 as its input: 4 channels cannot be divided into 3 groups"
    ),
    (
      "LayerNormalization", "\"epsilon\": 0", "5, 4",
      "'FILE': layer 'it' (LayerNormalization) should have a number above zero as 'epsilon', but has 0"
    ),
    (
      "Normalization", "\"mean\": [1, 2, 3], \"variance\": [1, 1, 1]", "5, 4",
      "'FILE': layer 'it' (Normalization) should have numbers for the shape [4] as 'mean', but has the list [1, 2, 3]"
    ),
    (
      "Normalization", "\"mean\": 0, \"variance\": -1", "5, 4",
      "'FILE': layer 'it' (Normalization) has variances of which one is below zero, which is not supported; "
        + "adapt the layer again and save the model"
    ),
    (
      "Rescaling", "\"scale\": [1, 2]", "5, 4",
      "'FILE': layer 'it' (Rescaling) should have one number, or one for each of the 4 channels, as 'scale', "
        + "but has the list [1, 2]"
    ),
    (
      "AdaptiveMaxPooling1D", "\"output_size\": 2", "5, 4",
      "'FILE': layer 'it' (AdaptiveMaxPooling1D) has the output size 2, which is not supported; "
        + "only sizes that divide the input's 5 are read"
    ),
    (
      "Conv1DTranspose", "\"filters\": 2, \"kernel_size\": 3, \"padding\": \"causal\"", "5, 4",
      "'FILE': layer 'it' (Conv1DTranspose) should have 'valid' or 'same' as 'padding', but has the text 'causal'"
    ),
    (
      "Conv2DTranspose", "\"filters\": 2, \"kernel_size\": 3", "5, 4",
      "'FILE': layer 'it' cannot take 5x4 as its input: a window over 2 spatial axes cannot slide over an input with 1 spatial axes"
    ),
    (
      "PReLU", "", "5, 4",
      "'FILE' has no weight 'alpha' for layer 'it' (PReLU); save the model again with its weights"
    ),
  ])
  func says(layerClass: String, options: String, input: String, sentence: String) throws {
    #expect(try said(layerClass, options, input: input) == sentence)
  }
}
