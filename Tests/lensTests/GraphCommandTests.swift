import Foundation
import TestSupport
import Testing

/// Models with several inputs and outputs, and weights without an architecture, on the command line.
@Suite struct GraphCommandTests {
  private static func graph(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("KerasFormatTests/Resources/graphs/\(name)").path
  }

  private static let ends = graph("ends-k3.keras")

  /// Writes an array of NumPy: numbers that rise by a tenth.
  private func write(_ shape: [Int], as name: String, in folder: TemporaryFolder) throws -> String {
    let header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape.map(String.init).joined(separator: ", ")),), }"
    let padded = header.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(padded.utf8.count), 0] + Array(padded.utf8))
    for index in 0..<shape.reduce(1, *) {
      withUnsafeBytes(of: (Float(index) / 10).bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    let path = "\(folder.path)/\(name)"
    try data.write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Two items for each input of the model `ends`.
  private func inputs(in folder: TemporaryFolder, facts: Int = 2) throws -> (signal: String, facts: String) {
    (
      try write([2, 6, 2], as: "signal.npy", in: folder), try write([facts, 3], as: "facts.npy", in: folder)
    )
  }

  @Test func summaryNamesInputsAndOutputs() throws {
    let run = try LensProcess(["summary", Self.ends])
    let text = lines(of: run.output)
    #expect(text.contains("Input             signal 6x2, facts 3"), "\(run.output)\(run.errors)")
    #expect(text.contains("Outputs           kind 3, alarm 1"))
    #expect(text.contains("Classes           3"))
    let alarm = try LensProcess(["summary", Self.ends, "--output-name", "alarm"])
    #expect(lines(of: alarm.output).contains("Classes           2"))
  }

  @Test func summaryReadsWeightsWithAnArchitecture() throws {
    let whole = try LensProcess(["summary", Self.graph("nested-k2.h5")])
    let parts = try LensProcess([
      "summary", Self.graph("nested-k2.weights.h5"), "--config", Self.graph("nested-k2.json"),
    ])
    #expect(whole.exitCode == 0 && parts.exitCode == 0, "\(parts.errors)")
    let layers = { (run: LensProcess) in lines(of: run.output).filter { !$0.hasPrefix("Note") } }
    #expect(layers(whole) == layers(parts))
    let alone = try LensProcess(["summary", Self.graph("nested-k2.weights.h5")])
    #expect(alone.exitCode == 65 && alone.errors.contains("--config"))
  }

  @Test func predictTakesInputsByName() throws {
    let folder = try TemporaryFolder()
    let (signal, facts) = try inputs(in: folder)
    let run = try LensProcess([
      "predict", Self.ends, "--input", "facts=\(facts)", "--input", "signal=\(signal)", "--output-name",
      "alarm",
      "--output", "\(folder.path)/p.csv",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let table = try lines(of: String(contentsOfFile: "\(folder.path)/p.csv", encoding: .utf8))
    #expect(table.count == 3 && table[0] == "item,label,predicted,output_0")
  }

  @Test func wrongInputsAreNamed() throws {
    let folder = try TemporaryFolder()
    let (signal, facts) = try inputs(in: folder, facts: 1)
    let cases: [([String], Int32, String)] = [
      (
        [signal], 64,
        "the model has the inputs signal, facts, so '\(signal)' needs the name of one: --input NAME=\(signal)"
      ),
      (
        ["--input", "signal=\(signal)"], 64,
        "nothing is given for the input 'facts' of the model; add --input facts=PATH"
      ),
      (["--input", "sound=\(signal)"], 64, "the model has no input 'sound'; its inputs are signal, facts"),
      (
        ["--input", "signal=\(signal)", "--input", "facts=\(facts)"], 65,
        "the input 'facts' has 1 items, but 'signal' has 2; give as many for every input"
      ),
      (
        ["--input", "signal=\(signal)", "--output-name", "fire"], 64,
        "the model has no output 'fire'; its outputs are kind, alarm"
      ),
    ]
    for (arguments, code, said) in cases {
      let run = try LensProcess(["predict", Self.ends] + arguments)
      #expect(run.exitCode == code)
      #expect(run.errors == "lens: \(said)\n")
    }
    let mark = try LensProcess(["predict", Self.ends, "--input", "signal"])
    #expect(mark.exitCode == 64 && mark.errors.contains("--input should be name=path"))
  }

  @Test func explainTakesEveryInputInTurn() throws {
    let folder = try TemporaryFolder()
    let (signal, facts) = try inputs(in: folder)
    let given = ["--input", "facts=\(facts)", "--input", "signal=\(signal)"]
    let run = try LensProcess(
      ["explain", Self.ends] + given + [
        "--method", "gradient,integrated-gradients", "--output", "\(folder.path)/out",
      ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")
    for name in [
      "signal-0.signal.gradient.csv", "signal-0.facts.gradient.png",
      "signal-1.facts.integrated-gradients.csv",
    ] {
      #expect(names.contains(name), "\(names)")
    }
    let summary = try String(contentsOfFile: "\(folder.path)/out/summary.csv", encoding: .utf8)
    let rows = lines(of: summary).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 8)
    #expect(
      rows.map { "\($0[0]) \($0[1])" }.prefix(4) == [
        "signal-0.signal gradient", "signal-0.signal integrated-gradients", "signal-0.facts gradient",
        "signal-0.facts integrated-gradients",
      ])
    // The same answer is explained at both inputs.
    #expect(rows[0][3] == rows[2][3] && rows[0][5] == rows[2][5])
    let table = try String(contentsOfFile: "\(folder.path)/out/signal-0.facts.gradient.csv", encoding: .utf8)
    #expect(lines(of: table).count == 4 && lines(of: table)[0] == "feature,input,attribution")

    let chosen = try LensProcess(
      ["explain", Self.ends] + given + [
        "--explain-input", "signal", "--method", "grad-cam", "--figures", "none", "--output",
        "\(folder.path)/one",
      ])
    #expect(chosen.exitCode == 0, "\(chosen.errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/one").sorted() == [
        "manifest.json", "regions.csv", "signal-0.signal.grad-cam.csv", "signal-1.signal.grad-cam.csv",
        "summary.csv",
      ])
  }

  @Test func explainSaysWhatIsWrongWithTheChoiceOfAnInput() throws {
    let folder = try TemporaryFolder()
    let (signal, facts) = try inputs(in: folder)
    let cases: [(arguments: [String], said: String)] = [
      (
        ["--method", "gradient", "--explain-input", "fact"],
        "the model has no input 'fact'; its inputs are signal, facts"
      ),
      (
        ["--method", "integrated-gradients", "--baseline", signal],
        "the baseline '\(signal)' is of one input, but signal, facts are to be explained; choose one with --explain-input, "
          + "or a baseline by its name"
      ),
    ]
    for (arguments, said) in cases {
      let run = try LensProcess(
        [
          "explain", Self.ends, "--input", "facts=\(facts)", "--input", "signal=\(signal)", "--output",
          "\(folder.path)/out",
        ] + arguments)
      #expect(run.exitCode == 64)
      #expect(run.errors == "lens: \(said)\n")
    }
    // Nothing convolves what enters at 'facts'.
    let run = try LensProcess([
      "explain", Self.ends, "--input", "facts=\(facts)", "--input", "signal=\(signal)", "--method",
      "grad-cam",
      "--explain-input", "facts", "--output", "\(folder.path)/out",
    ])
    #expect(run.exitCode != 0 && run.errors.contains("item 'signal-0'"), "\(run.errors)")
  }

  @Test func shapesOfInputsAreGivenByName() throws {
    let summary = { (arguments: [String]) throws in try LensProcess(["summary", Self.ends] + arguments) }
    #expect(try summary(["--input-shape", "signal=6x2", "--input-shape", "facts=3"]).exitCode == 0)
    let cases: [(arguments: [String], said: String)] = [
      (["--input-shape", "fact=3"], "the model has no input 'fact'; its inputs are signal, facts"),
      (
        ["--input-shape", "facts=4"],
        "--input-shape facts=4 is not the shape of the model's input, which is 3 in the file; leave the option out"
      ),
      (
        ["--input-shape", "facts=3", "--input-shape", "facts=4"],
        "--input-shape is given twice for the input 'facts'; name another input; see 'lens --help' or the help of the command"
      ),
      (
        ["--input-shape", "=4"],
        "--input-shape should be extents such as 224x224x3 or signal=128x2, not '=4'; see 'lens --help' or the help of the command"
      ),
    ]
    for (arguments, said) in cases {
      let run = try summary(arguments)
      #expect(run.exitCode == 64 && run.errors == "lens: \(said)\n", "\(run.errors)")
    }
  }

  @Test func explainTakesArchives() throws {
    let folder = try TemporaryFolder()
    let signal = try write([1, 8, 2], as: "a.npy", in: folder)
    let run = try LensProcess([
      "explain", Self.graph("nested-k3.keras"), signal, "--method", "gradient,grad-cam", "--layer", "conv/2",
      "--figures", "none", "--output", "\(folder.path)/out",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(folder.files().filter { $0.hasSuffix(".csv") }.count == 4)
  }
}
