import Foundation
import Images
import Testing

/// Pixels on their way into a model that answers with the mean of every channel, whose input extents are open.
@Suite struct PreprocessTests {
  private let folder: TemporaryFolder
  private let model: [String]
  private let tile: String

  init() throws {
    folder = try TemporaryFolder()
    let architecture = """
      {"class_name": "Functional", "keras_version": "2.4.0", "config": {"name": "open", "layers": [
      {"class_name": "InputLayer", "name": "in", "config": {"name": "in", "batch_input_shape": [null, null, null, 3]},
       "inbound_nodes": []},
      {"class_name": "GlobalAveragePooling2D", "name": "mean", "config": {"name": "mean"},
       "inbound_nodes": [[["in", 0, 0, {}]]]}],
      "input_layers": [["in", 0, 0]], "output_layers": [["mean", 0, 0]]}}
      """
    model = [resource("hostile/sound.h5"), "--config", try folder.write(architecture, as: "open.json")]
    // Two pixels: (200, 100, 0) and (100, 50, 50); the means are 150, 75 and 25.
    let image = PixelImage(height: 1, width: 2, channels: 3, samples: [200, 100, 0, 100, 50, 50])
    tile = "\(folder.path)/tile.png"
    try image.writePNG(to: tile)
  }

  private func outputs(_ options: [String], _ input: String? = nil) throws -> [Double] {
    let table = "\(folder.path)/out.csv"
    let run = try LensProcess(["predict"] + model + [input ?? tile, "--output", table] + options)
    #expect(run.exitCode == 0, "\(run.errors)")
    guard run.exitCode == 0 else { return [] }
    let rows = try lines(of: String(contentsOfFile: table, encoding: .utf8))
    return rows[1].split(separator: ",").suffix(3).compactMap { Double($0) }
  }

  /// The pixel (150, 75, 25) as every convention scales it: subtracted from and divided by channel.
  private static let conventions: [(name: String, minus: [Double], divided: [Double], isTurned: Bool)] = [
    ("none", [0, 0, 0], [1, 1, 1], false),
    ("scale", [0, 0, 0], [255, 255, 255], false),
    ("tf", [127.5, 127.5, 127.5], [127.5, 127.5, 127.5], false),
    ("caffe", [103.939, 116.779, 123.68], [1, 1, 1], true),
    ("torch", [123.675, 116.28, 103.53], [58.395, 57.12, 57.375], false),
  ]

  @Test(arguments: conventions.indices)
  func pixelsAreScaledAsKerasDoes(index: Int) throws {
    let convention = Self.conventions[index]
    let pixel: [Double] = convention.isTurned ? [25, 75, 150] : [150, 75, 25]
    let expected = (0..<3).map { (pixel[$0] - convention.minus[$0]) / convention.divided[$0] }
    let found = try outputs(["--preprocess", convention.name])
    #expect(found.count == 3)
    for (ours, byHand) in zip(found, expected) { #expect(abs(ours - byHand) < 1e-4, "\(found)") }
  }

  @Test func greyImagesAreRepeated() throws {
    let path = "\(folder.path)/grey.png"
    try PixelImage(height: 1, width: 1, channels: 1, samples: [51]).writePNG(to: path)
    #expect(try outputs(["--preprocess", "none"], path) == [51, 51, 51])
  }

  /// One row of two pixels becomes one pixel, the mean of both.
  @Test func theExtentsAreThoseAskedFor() throws {
    #expect(try outputs(["--preprocess", "none", "--input-shape", "1x1"]) == [150, 75, 25])
    let summary = try LensProcess(["summary"] + model + ["--input-shape", "6x8x3"])
    #expect(lines(of: summary.output).contains("Input             6x8x3"), "\(summary.errors)")
  }

  @Test func explanationsSayHowPixelsWereScaled() throws {
    let run = try LensProcess(
      ["explain"] + model + [
        tile, "--preprocess", "caffe", "--method", "gradient", "--output", "\(folder.path)/out",
      ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let manifest = try String(contentsOfFile: "\(folder.path)/out/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"preprocess\" : \"caffe\""))
    #expect(folder.files().contains("out/tile.gradient.png"))
  }

  @Test func requestsThatMakeNoSense() throws {
    let cases: [([String], String)] = [
      (
        ["--preprocess", "caffe", "--rescale", "1/255", "--std", "2"],
        "--preprocess and --rescale, --std exclude each other; give the convention or the numbers"
      ),
      (
        ["--preprocess", "vgg"],
        "--preprocess should be one of caffe, tf, torch, scale, none, not 'vgg'"
      ),
      (
        ["--input-shape", "5xx3"],
        "--input-shape should be extents such as 224x224x3 or signal=128x2, not '5xx3'"
      ),
      (["--input-shape", "5x5x1"], "which 5x5x1 does not fit"),
    ]
    for (options, said) in cases {
      let run = try LensProcess(["predict"] + model + [tile] + options)
      #expect(run.exitCode == 64, "\(run.errors)")
      #expect(run.errors.contains(said) && lines(of: run.errors).count == 1, "\(run.errors)")
    }
  }

  @Test func aShapeThatTheFileContradicts() throws {
    let run = try LensProcess([
      "summary", "\(projectData)/models/mnist1d-cnn.h5", "--input-shape", "41x1",
    ])
    #expect(run.exitCode == 64)
    #expect(
      run.errors
        == "lens: --input-shape 41x1 is not the shape of the model's input, which is 40x1 in the file; leave the option out\n"
    )
  }

  @Test func nothingSaysTheShape() throws {
    let run = try LensProcess(["summary"] + model)
    #expect(run.exitCode == 65)
    #expect(run.errors.contains("found ?x?x3") && run.errors.contains("--input-shape"), "\(run.errors)")
  }
}
