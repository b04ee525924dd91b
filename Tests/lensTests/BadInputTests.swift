import Foundation
import Testing

/// Whatever is wrong with a file or an option: the documented exit code, one sentence on standard error, nothing written.
@Suite struct BadInputTests {
  private static let model = "\(projectData)/models/mnist1d-cnn.h5"
  private static let samples = "\(projectData)/samples/mnist1d-samples.h5"

  static let models: [String] = {
    // Read all the same: weights by order instead of by name, a weight and a list that nobody needs, the options of Keras 1.
    let sound: Set = [
      "sound.h5", "weight-extra.h5", "missing-layer-names.h5", "layer-names-are-numbers.h5", "keras-1.h5",
    ]
    let folder = resource("hostile")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".h5") && !sound.contains($0) }.sorted()
  }()

  private func expectOneSentence(_ run: LensProcess, code: Int32, containing parts: [String] = []) {
    #expect(run.exitCode == code, "\(run.errors)")
    #expect(lines(of: run.errors).count == 1, "\(run.errors)")
    #expect(run.errors.hasPrefix("lens: "), "\(run.errors)")
    #expect(run.errors.count < 1200, "\(run.errors)")
    for part in parts { #expect(run.errors.contains(part), "\(part) in \(run.errors)") }
  }

  @Test(arguments: models)
  func aModelThatCannotBeRead(name: String) throws {
    let run = try LensProcess(["summary", resource("hostile/\(name)")])
    expectOneSentence(run, code: 65, containing: [name])
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [
    "os-system.pkl", "posix-system-2.pkl", "posix-system-4.pkl", "posix-system-5.pkl", "eval.pkl",
    "truncated.pkl",
    "length-bomb.pkl", "shape-bomb.pkl", "memo-bomb.pkl", "object-array.pkl", "ragged.csv", "words.csv",
    "empty.csv",
    "infinite.csv", "truncated.npy", "bomb.npy", "object.npy", "not-zip.npz", "zip-bomb.npz",
  ])
  func anArrayThatCannotBeRead(name: String) throws {
    let run = try LensProcess(["predict", resource("hostile/sound.h5"), resource("hostile/\(name)")])
    expectOneSentence(run, code: 65, containing: [name])
  }

  @Test(arguments: [
    ("posix-system-2.pkl", "posix.system"),
    ("posix-system-5.pkl", "posix.system"),
    ("eval.pkl", "eval"), ("ragged.csv", "3"), ("words.csv", "line 3"),
  ])
  func theSentenceSaysWhatAndWhere(name: String, part: String) throws {
    let run = try LensProcess(["predict", Self.model, resource("hostile/\(name)")])
    expectOneSentence(run, code: 65, containing: [part])
  }

  @Test(arguments: [
    "truncated.png", "bomb.png", "wide-bomb.png", "truncated.jpg", "truncated.tif", "bomb.tif",
    "not-an-image.png",
  ])
  func anImageThatCannotBeRead(name: String) throws {
    let run = try LensProcess(["predict", resource("image-model.h5"), resource("hostile/\(name)")])
    expectOneSentence(run, code: 65, containing: [name])
  }

  @Test(arguments: [
    (["explain", model, samples, "--key", "x", "--method", "grad-cim"], ["grad-cim", "grad-cam"]),
    (
      ["explain", model, samples, "--key", "x", "--method", "grad-cam", "--layer", "conv9"],
      ["conv9", "conv1d_2"]
    ),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--layer", "dense"], ["dense"]),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--target", "10"], ["10", "0 to 9"]),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--target", "best"], ["best"]),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--score", "odds"], ["odds"]),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--figures", "gif"], ["gif"]),
    (
      ["explain", model, samples, "--key", "x", "--method", "integrated-gradients", "--steps", "0"],
      ["'0'", "steps"]
    ),
    (
      ["explain", model, samples, "--key", "x", "--method", "integrated-gradients", "--rule", "simpson"],
      ["simpson"]
    ),
    (
      ["explain", model, samples, "--key", "x", "--method", "grad-cam", "--set", "grad-cam.rely=false"],
      ["rely", "relu"]
    ),
    (
      ["explain", model, samples, "--key", "x", "--method", "grad-cam", "--set", "relu=false"], ["relu=false"]
    ),
    (["explain", model, samples, "--key", "z", "--method", "grad-cam"], ["'z'", "'x'"]),
    (["explain", model, samples, "--key", "x", "--items", "20", "--method", "grad-cam"], ["20"]),
    (["explain", model, samples, "--key", "x", "--items", "3-1", "--method", "grad-cam"], ["3-1"]),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--threads", "0"], ["threads"]),
    (["explain", model, samples, "--key", "x", "--method", "grad-cam", "--std", "0"], ["std"]),
  ])
  func aRequestThatMakesNoSense(arguments: [String], parts: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess(arguments + ["--output", "\(folder.path)/out"])
    expectOneSentence(run, code: 64, containing: parts)
    #expect(folder.files().isEmpty)
  }

  @Test(arguments: [
    ["explode"], ["explain"], ["predict", model], ["summary"], ["methods", "--verbose"],
    ["dataset", "mnist2d"],
  ])
  func aCommandLineThatDoesNotParse(arguments: [String]) throws {
    expectOneSentence(try LensProcess(arguments), code: 64)
  }

  @Test(arguments: [
    ["summary", "no-such-model.h5"], ["predict", "no-such-model.h5", samples],
    ["predict", model, "no-such-input.npy"], ["predict", model, "no-such-folder"],
    [
      "explain", model, samples, "--key", "x", "--method", "integrated-gradients", "--baseline",
      "no-such.npy", "--output", "unused",
    ],
  ])
  func aFileThatIsNotThere(arguments: [String]) throws {
    expectOneSentence(try LensProcess(arguments), code: 66, containing: ["no-such"])
  }

  @Test func anInputOfAnotherLength() throws {
    let folder = try TemporaryFolder()
    let row = (0..<39).map { "\($0)" }.joined(separator: ",")
    let csv = try folder.write(row + "\n", as: "short.csv")
    expectOneSentence(
      try LensProcess(["predict", Self.model, csv]), code: 65, containing: ["40x1", "1x39", "short"])
  }

  @Test func anImageForAModelOfSignals() throws {
    let image = resource("hostile/truncated.png")
    expectOneSentence(
      try LensProcess(["predict", Self.model, image]), code: 65, containing: ["40x1", "image"])
  }

  @Test(arguments: ["file/out", "file"])
  func anOutputThatCannotBeWritten(name: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("in the way", as: "file")
    let run = try LensProcess([
      "explain", Self.model, Self.samples, "--key", "x", "--method", "gradient", "--output",
      "\(folder.path)/\(name)",
    ])
    expectOneSentence(run, code: 64, containing: ["file"])
    #expect(folder.files() == ["file"])
  }

  @Test func aTableThatCannotBeWritten() throws {
    let run = try LensProcess([
      "predict", Self.model, Self.samples, "--key", "x", "--output", "/no-such-folder/table.csv",
    ])
    expectOneSentence(run, code: 64, containing: ["/no-such-folder/table.csv"])
  }

  @Test func aLabelThatIsNotThere() throws {
    let folder = try TemporaryFolder()
    let csv = try folder.write((0..<40).map { "\($0)" }.joined(separator: ",") + "\n", as: "one.csv")
    let run = try LensProcess([
      "explain", Self.model, csv, "--method", "gradient", "--target", "label", "--output",
      "\(folder.path)/out",
    ])
    expectOneSentence(run, code: 64, containing: ["one-0", "label"])
  }

  @Test func anInstructionSetThatTheProcessorDoesNotHave() throws {
    let run = try LensProcess(
      ["predict", Self.model, Self.samples, "--key", "x"], environment: ["LENS_ISA": "mmx"])
    expectOneSentence(run, code: 64, containing: ["mmx", "portable"])
  }

  @Test func anInterruptionLeavesNoUnfinishedFile() throws {
    let folder = try TemporaryFolder()
    let data = "\(folder.path)/data.h5"
    _ = try LensProcess(["dataset", "mnist1d", "--samples", "2000", "--output", data])
    let run = try LensProcess(
      [
        "explain", Self.model, data, "--key", "x", "--method", "integrated-gradients", "--steps", "5",
        "--output", "\(folder.path)/out",
      ], interruptedAfter: 2)
    #expect(run.exitCode == 130)
    let names = folder.files().filter { $0.hasPrefix("out/") }
    #expect(!names.isEmpty)
    for name in names {
      #expect(!name.hasPrefix("out/."), "\(name)")
      let size = FileManager.default.contents(atPath: "\(folder.path)/\(name)")?.count ?? 0
      // A table has a line per position, a figure ends with its last chunk.
      #expect(size > 500, "\(name) has \(size) bytes")
    }
  }
}
