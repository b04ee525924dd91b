import Foundation
import TestSupport
import Testing

/// The commands besides `explain`.
@Suite struct CommandTests {
  private static let model = "\(projectData)/models/mnist1d-cnn.h5"
  private static let samples = "\(projectData)/samples/mnist1d-samples.h5"

  @Test func methodsListsTheCatalogue() throws {
    let run = try LensProcess(["methods"])
    #expect(run.exitCode == 0)
    for id in ["gradient", "gradient-times-input", "integrated-gradients", "grad-cam"] {
      #expect(lines(of: run.output).contains { $0.hasPrefix("\(id) ") }, "\(id)")
    }
  }

  @Test func summaryShowsLayersAndWhereGradCAMAttaches() throws {
    let run = try LensProcess(["summary", Self.model])
    #expect(run.exitCode == 0)
    let text = lines(of: run.output)
    #expect(
      text.contains { $0.hasPrefix("conv1d_1 ") && $0.contains("40x25") && $0.hasSuffix("1,900  7 / 1") })
    #expect(text.contains("Parameters        13,960"))
    #expect(text.contains("Grad-CAM layer    conv1d_2"))
    #expect(text.contains("Score spaces      logit, probability (softmax)"))
  }

  /// Kernels of 5, 3 and 3 with stride 1: fields of 5, 7 and 9.
  @Test func summaryIsTheSameAsJSON() throws {
    let run = try LensProcess(["summary", Self.model, "--format", "json"])
    #expect(run.exitCode == 0, "\(run.errors)")
    let summary = try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
    #expect(
      summary.layers.map(\.name) == [
        "input", "conv1d", "conv1d_1", "conv1d_2", "flatten", "dropout", "dense",
      ])
    #expect(
      summary.layers.map { $0.receptiveFields.first?.axes.first?.size ?? 0 } == [1, 5, 7, 9, 0, 0, 0])
    #expect(summary.parameters == 13_960 && summary.gradCAMLayer == "conv1d_2" && summary.gradCAMBytes > 0)
    #expect(summary.scoreSpaces == ["logit", "probability"])
  }

  /// What a program reads of the JSON.
  private struct Summary: Decodable {
    struct Layer: Decodable {
      struct Field: Decodable {
        struct Axis: Decodable {
          var size: Int?
        }
        var axes: [Axis]
      }
      var name: String
      var receptiveFields: [Field]
    }
    var layers: [Layer]
    var parameters: Int
    var gradCAMLayer: String
    var gradCAMBytes: Int
    var scoreSpaces: [String]
  }

  @Test func summaryDrawsTheGraph() throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess(["summary", Self.model, "--graph", "\(folder.path)/graph.svg"])
    #expect(run.exitCode == 0, "\(run.errors)")
    let text = try String(contentsOfFile: "\(folder.path)/graph.svg", encoding: .utf8)
    #expect(text.hasPrefix("<?xml") && text.contains("7 layers"))
    let wrong = try LensProcess(["summary", Self.model, "--graph", "\(folder.path)/graph.gif"])
    #expect(wrong.exitCode == 64 && wrong.errors.contains("graph.gif"))
  }

  @Test func predictWritesAllOutputs() throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess([
      "predict", Self.model, Self.samples, "--key", "x", "--output", "\(folder.path)/p.csv",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    let table = try lines(of: String(contentsOfFile: "\(folder.path)/p.csv", encoding: .utf8)).map {
      $0.split(separator: ",")
    }
    #expect(table[0].prefix(4).joined(separator: ",") == "item,label,predicted,output_0")
    #expect(table.count == 21)
    #expect(table[1][0] == "x-0")
    for row in table.dropFirst() {
      let outputs = row.dropFirst(3).compactMap { Double($0) }
      #expect(outputs.count == 10)
      #expect(abs(outputs.reduce(0, +) - 1) < 1e-5)
      let largest = try #require(outputs.indices.max { outputs[$0] < outputs[$1] })
      #expect("\(largest)" == row[2])
    }
  }

  @Test func valuesAreScaledBeforeTheModelSeesThem() throws {
    let folder = try TemporaryFolder()
    let row = (0..<40).map { Double($0 % 7) - 3 }
    let plain = try folder.write(row.map { "\($0)" }.joined(separator: ",") + "\n", as: "a.csv")
    // (x * 2 + 0.5) / 4 is x * 0.5 + 0.125.
    let scaled = try folder.write(
      row.map { "\($0 * 0.5 + 0.125)" }.joined(separator: ",") + "\n", as: "b.csv")
    for (file, name, options) in [
      (plain, "a", ["--rescale", "2", "--mean", "-0.5", "--std", "4"]), (scaled, "b", []),
    ] {
      let run = try LensProcess(
        ["predict", Self.model, file, "--output", "\(folder.path)/\(name).out"] + options)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    let outputs = try ["a", "b"].map { name in
      try lines(of: String(contentsOfFile: "\(folder.path)/\(name).out", encoding: .utf8))[1].split(
        separator: ","
      ).dropFirst()
    }
    #expect(outputs[0].elementsEqual(outputs[1]))
  }

  @Test func predictIsRightOnTheReferenceData() throws {
    guard let model = Reference.path("models/MNIST1D.h5"),
      let data = Reference.path("mnist1d/mnist1d_data.pkl")
    else {
      return
    }
    let folder = try TemporaryFolder()
    let run = try LensProcess(["predict", model, data, "--key", "x_test", "--output", "\(folder.path)/p.csv"])
    #expect(run.output == "877 of 1000 right (87.7 %)\n")
  }

  @Test(.enabled(if: isOptimized, "the large network takes minutes in a debug build"))
  func predictIsRightOnTheReferenceTiles() throws {
    guard let model = Reference.path("models/HMT.h5"), let tiles = Reference.path("hmt"),
      let answers = Reference.path("golden/hmt_probabilities.csv")
    else { return }
    let folder = try TemporaryFolder()
    let run = try LensProcess(["predict", model, tiles, "--output", "\(folder.path)/p.csv"])
    #expect(run.output == "129 of 160 right (80.6 %)\n")
    let found = try lines(of: String(contentsOfFile: "\(folder.path)/p.csv", encoding: .utf8)).dropFirst()
    let expected = try lines(of: String(contentsOfFile: answers, encoding: .utf8)).dropFirst()
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) {
      let (ours, theirs) = (a.split(separator: ","), b.split(separator: ","))
      #expect(theirs[0].hasPrefix(ours[0]))
      for (x, y) in zip(ours.dropFirst(3), theirs.dropFirst(2)) {
        #expect(abs((Double(x) ?? .infinity) - (Double(y) ?? 0)) < 1e-4)
      }
    }
  }

  @Test func theGeneratedDataSetServesAsInput() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/tiny.h5"
    let run = try LensProcess(["dataset", "mnist1d", "--samples", "50", "--output", file])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output == "40 sequences for training and 10 for testing: \(file)\n")
    let prediction = try LensProcess(["predict", Self.model, file, "--key", "x_test"])
    #expect(prediction.exitCode == 0, "\(prediction.errors)")
    #expect(lines(of: prediction.output).count == 13)
  }

  @Test func helpAndVersionAreNoErrors() throws {
    for arguments in [["--help"], ["--version"], ["explain", "--help"], ["help", "predict"]] {
      let run = try LensProcess(arguments)
      #expect(run.exitCode == 0)
      #expect(run.errors.isEmpty)
      #expect(!run.output.isEmpty)
    }
  }
}
