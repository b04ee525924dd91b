import Boundary
import Datasets
import Foundation
import HDF5Files
import Testing

@Suite struct MNIST1DWritingTests {
  private let made = Result {
    var options = MNIST1D.Options()
    (options.samples, options.length, options.seed) = (50, 20, 9)
    return try MNIST1D(options)
  }

  @Test func everythingIsReadBackAsItWas() throws {
    let made = try made.get()
    let folder = try TemporaryFolder()
    let path = folder.path + "/m.h5"
    try made.write(to: path)
    let file = try ArrayFile(contentsOf: path)
    #expect(
      file.entries.map(\.description) == [
        "'extent' (40x2 int64)", "'extent_test' (10x2 int64)", "'mask' (40x20 int64)",
        "'mask_test' (10x20 int64)", "'t' (20 float64)", "'templates/t' (12 float64)",
        "'templates/x' (10x12 float64)", "'templates/y' (10 int64)", "'x' (40x20 float64)",
        "'x_test' (10x20 float64)", "'y' (40 int64)", "'y_test' (10 int64)",
      ])
    for (array, name) in [
      (made.train.x, "x"), (made.test.x, "x_test"), (made.train.y, "y"), (made.test.y, "y_test"),
      (made.t, "t"), (made.templates.x, "templates/x"), (made.templates.t, "templates/t"),
      (made.templates.y, "templates/y"),
    ] { #expect(try file.array(named: name) == array) }
    #expect(try file.array(named: "mask").integers() == made.train.mask.integers())
    #expect(try file.array(named: "extent_test").integers() == made.test.extent?.integers())
    #expect(try file.labels(forKey: "x_test") == made.test.y.integers())
  }

  @Test func attributesRecordTheOptions() throws {
    let folder = try TemporaryFolder()
    try made.get().write(to: folder.path + "/m.h5")
    let root = try HDF5File(reading: folder.path + "/m.h5").root
    let expected: [String: HDF5Attribute] = [
      "generator": .string("MNIST1D"), "num_samples": .integers([50]), "train_split": .doubles([0.8]),
      "template_len": .integers([12]), "padding": .integers([36, 60]), "scale_coeff": .doubles([0.4]),
      "max_translation": .integers([48]), "corr_noise_scale": .doubles([0.25]),
      "iid_noise_scale": .doubles([0.02]), "shear_scale": .doubles([0.75]),
      "shuffle_seq": .booleans([false]), "final_seq_length": .integers([20]), "seed": .integers([9]),
    ]
    #expect(try root.attributeNames() == expected.keys.sorted())
    for (name, value) in expected { #expect(try root.attribute(name) == value) }
  }

  @Test func theSameOptionsGiveTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let files = try ["a.h5", "b.h5"].map { name in
      var options = try made.get().options
      options.shufflesPositions = true
      options.trainFraction = 1
      try MNIST1D(options).write(to: "\(folder.path)/\(name)")
      return try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
    }
    #expect(files[0] == files[1])
    // Without extents, and with empty data sets for the part that holds nothing.
    let file = try ArrayFile(contentsOf: folder.path + "/a.h5")
    #expect(!file.entries.contains { $0.name.hasPrefix("extent") })
    #expect(try file.array(named: "x_test").shape == [0, 20])
  }

  @Test func whatCannotBeWrittenIsRefused() throws {
    let made = try made.get()
    #expect {
      try made.write(to: "/nowhere/at/all/m.h5")
    } throws: { ($0 as? any Failure)?.failureClass == .usage }
  }
}
