import HDF5Files

extension MNIST1D {
  /// Writes the data set to an HDF5 file, whole or not at all.
  ///
  /// Data sets, under the names that the published pickle uses where it has them:
  ///
  ///     x, x_test                [count, length]  float64
  ///     y, y_test                [count]          int64
  ///     t                        [length]         float64
  ///     templates/x, /t, /y      [10, 12], [12], [10]
  ///     mask, mask_test          [count, length]  int64, 1 where the template lies
  ///     extent, extent_test      [count, 2]       int64, unless positions are shuffled
  ///
  /// The attributes of the root group record the options under the names of the original generator. The same options give the
  /// same bytes.
  ///
  /// - Parameter path: The file to write. Its folder must exist.
  /// - Throws: `DatasetError.hdf5` or `WholeFileError` when the file cannot be written.
  public func write(to path: String) throws {
    do {
      try HDF5File.write(to: path) { root in
        for (suffix, split) in [("", train), ("_test", test)] {
          try split.x.write(to: root, "x\(suffix)")
          try split.y.write(to: root, "y\(suffix)")
          try split.mask.write(to: root, "mask\(suffix)", compression: .gzip)
          try split.extent?.write(to: root, "extent\(suffix)")
        }
        try t.write(to: root, "t")
        try templates.x.write(to: root, "templates/x")
        try templates.t.write(to: root, "templates/t")
        try templates.y.write(to: root, "templates/y")
        for (name, value) in options.attributes { try root.setAttribute(name, to: value) }
      }
    } catch let error as HDF5Error {
      throw DatasetError.hdf5(error)
    }
  }
}

extension MNIST1D.Options {
  /// The options by the names of the original generator.
  fileprivate var attributes: [(String, HDF5Attribute)] {
    [
      ("generator", .string("MNIST1D")), ("num_samples", .integers([samples])),
      ("train_split", .doubles([trainFraction])), ("template_len", .integers([templateLength])),
      ("padding", .integers([minimumPadding, maximumPadding])), ("scale_coeff", .doubles([scaleCoefficient])),
      ("max_translation", .integers([maximumTranslation])), ("corr_noise_scale", .doubles([correlatedNoise])),
      ("iid_noise_scale", .doubles([independentNoise])), ("shear_scale", .doubles([shear])),
      ("shuffle_seq", .booleans([shufflesPositions])), ("final_seq_length", .integers([length])),
      ("seed", .integers([Int(seed)])),
    ]
  }
}
