import HDF5Files

extension Beats {
  /// Writes the data set to an HDF5 file, whole or not at all.
  ///
  /// Data sets:
  ///
  ///     x, x_test                [count, length]  float64, millivolts
  ///     y, y_test                [count]          int64
  ///     mask, mask_test          [count, length]  int64, 1 where the wave that makes the class lies
  ///     extent, extent_test      [count, 2]       int64, (0, 0) for a normal beat
  ///     t                        [length]         float64, seconds
  ///     templates/x, /y          [5, length], [5] the usual beat of every class
  ///
  /// The attributes of the root group record the options, the names of the classes (`class_names`) and that the beats are synthetic. The
  /// same options give the same bytes.
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
          try split.extent.write(to: root, "extent\(suffix)")
        }
        try t.write(to: root, "t")
        try templates.write(to: root, "templates/x")
        let classes = BeatClass.allCases
        try NumericArray([classes.count], classes.map { Int64($0.rawValue) }).write(to: root, "templates/y")
        for (name, value) in options.attributes { try root.setAttribute(name, to: value) }
      }
    } catch let error as HDF5Error {
      throw DatasetError.hdf5(error)
    }
  }
}

extension Beats.Options {
  /// The options and what else a reader should know.
  fileprivate var attributes: [(String, HDF5Attribute)] {
    [
      ("generator", .string("beats")), ("class_names", .strings(BeatClass.allCases.map(\.name))),
      ("description", .string("Synthetic heartbeats, sums of Gaussian waves; nothing was measured")),
      ("count", .integers([count])), ("train_split", .doubles([trainFraction])),
      ("sampling_rate", .doubles([samplingRate])), ("noise", .doubles([noise])),
      ("wander", .doubles([wander])), ("seed", .integers([Int(seed)])),
    ]
  }
}
