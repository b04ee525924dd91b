import Foundation
import Testing

/// What `lens explain` writes.
@Suite struct ExplainTests {
  static let model = "\(projectData)/models/mnist1d-cnn.h5"
  static let samples = "\(projectData)/samples/mnist1d-samples.h5"

  private func explain(_ more: [String], into folder: TemporaryFolder) throws -> LensProcess {
    try LensProcess(["explain", Self.model, Self.samples, "--key", "x", "--output", folder.path] + more)
  }

  private func rows(_ folder: TemporaryFolder, _ name: String) throws -> [[String]] {
    try lines(of: String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func everyItemAndMethodHasATableAndAFigure() throws {
    let folder = try TemporaryFolder()
    let run = try explain(
      ["--items", "0,3", "--method", "gradient,gradient-times-input,integrated-gradients,grad-cam"],
      into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    let methods = ["grad-cam", "gradient", "gradient-times-input", "integrated-gradients"]
    let expected = ["x-0", "x-3"].flatMap { item in
      methods.flatMap { ["\(item).\($0).csv", "\(item).\($0).png"] }
    }
    #expect(folder.files() == (expected + ["manifest.json", "regions.csv", "summary.csv"]).sorted())
  }

  @Test func tablesHoldRawValuesOfEveryPosition() throws {
    let folder = try TemporaryFolder()
    _ = try explain(["--items", "0", "--method", "integrated-gradients", "--figures", "none"], into: folder)
    let rows = try rows(folder, "x-0.integrated-gradients.csv")
    #expect(rows[0] == ["position", "input", "attribution"])
    #expect(rows.count == 41)
    #expect(rows[40][0] == "39")
    let summary = try self.rows(folder, "summary.csv")
    #expect(
      summary[0].joined(separator: ",")
        == "item,method,layer,target,target_name,score,score_space,baseline_score,attribution_sum,completeness_gap,minimum,maximum,seconds"
    )
    let sum = rows.dropFirst().compactMap { Double($0[2]) }.reduce(0, +)
    let written = try #require(Double(summary[1][8]))
    #expect(abs(sum - written) < 1e-4)
    // The gap is the sum minus the difference of the scores.
    let (score, baseline) = (try #require(Double(summary[1][5])), try #require(Double(summary[1][7])))
    #expect(abs(try #require(Double(summary[1][9])) - (written - (score - baseline))) < 1e-9)
  }

  @Test func theSameBytesForAnyNumberOfThreads() throws {
    let one = try TemporaryFolder()
    let two = try TemporaryFolder()
    let options = [
      "--items", "0-5", "--method", "gradient,integrated-gradients,grad-cam", "--baseline", "noise",
      "--figures", "png,svg,pdf",
    ]
    _ = try explain(options + ["--threads", "1"], into: one)
    _ = try explain(options + ["--threads", "2"], into: two)
    #expect(one.files() == two.files())
    #expect(one.files().count == 6 * 3 * 4 + 3)
    for name in one.files() where !["summary.csv", "manifest.json"].contains(name) {
      let (a, b) = (
        FileManager.default.contents(atPath: "\(one.path)/\(name)"),
        FileManager.default.contents(atPath: "\(two.path)/\(name)")
      )
      #expect(a == b, "\(name)")
    }
  }

  @Test func theSignedMapHasNegativeValues() throws {
    let folder = try TemporaryFolder()
    _ = try explain(
      ["--items", "0-9", "--method", "grad-cam", "--set", "grad-cam.relu=false", "--figures", "none"],
      into: folder)
    let minima = try rows(folder, "summary.csv").dropFirst().compactMap { Double($0[10]) }
    #expect(minima.count == 10)
    #expect(minima.contains { $0 < 0 })
  }

  @Test func theManifestSaysWhatWasRun() throws {
    let folder = try TemporaryFolder()
    _ = try explain(
      ["--items", "1", "--method", "grad-cam,integrated-gradients", "--figures", "none", "--seed", "7"],
      into: folder)
    let data = try #require(FileManager.default.contents(atPath: "\(folder.path)/manifest.json"))
    let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let model = try #require(manifest["model"] as? [String: String])
    #expect(model["path"] == Self.model)
    #expect(model["sha256"]?.count == 64)
    #expect(manifest["seed"] as? Int == 7)
    let methods = try #require(manifest["methods"] as? [[String: Any]])
    let parameters = try #require(methods[0]["parameters"] as? [String: String])
    #expect(parameters["layer"] == "conv1d_2")
    #expect((methods[1]["parameters"] as? [String: String])?["rule"] == "exact")
  }

  @Test func anotherTargetIsExplainedWhenItIsAskedFor() throws {
    let folder = try TemporaryFolder()
    _ = try explain(
      ["--items", "0", "--method", "gradient", "--target", "3", "--labels", "a,b,c,d", "--figures", "none"],
      into: folder)
    let row = try rows(folder, "summary.csv")[1]
    #expect(row[3] == "3")
    #expect(row[4] == "d")
  }

  @Test func aBaselineComesFromAFile() throws {
    let folder = try TemporaryFolder()
    let row = [String](repeating: "0.25", count: 40).joined(separator: ",")
    let baseline = try folder.write(row + "\n", as: "baseline.csv")
    let output = try TemporaryFolder()
    let run = try explain(
      ["--items", "0", "--method", "integrated-gradients", "--baseline", baseline, "--figures", "none"],
      into: output)
    #expect(run.exitCode == 0, "\(run.errors)")
    let zero = try TemporaryFolder()
    _ = try explain(["--items", "0", "--method", "integrated-gradients", "--figures", "none"], into: zero)
    #expect(try rows(output, "summary.csv")[1][7] != rows(zero, "summary.csv")[1][7])
  }

  /// What leaves the score and does not arrive at the input stayed at some layer.
  @Test func relevanceIsAccountedForLayerByLayer() throws {
    let folder = try TemporaryFolder()
    let run = try explain(
      ["--items", "0", "--method", "lrp,gradient", "--figures", "none", "--regions", "none"], into: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    let rows = try rows(folder, "relevance.csv")
    #expect(rows[0] == ["item", "method", "layer", "arriving", "residual"])
    #expect(rows.count > 5 && rows.dropFirst().allSatisfy { $0[0] == "x-0" && $0[1] == "lrp" })
    let summary = try self.rows(folder, "summary.csv")[1]
    let (score, sum) = (try #require(Double(summary[5])), try #require(Double(summary[8])))
    let arriving = try #require(Double(rows[1][3]))
    #expect(abs(arriving - score) < 1e-4)
    let kept = rows.dropFirst().compactMap { Double($0[4]) }.reduce(0, +)
    #expect(abs(score - kept - sum) < 1e-3)
  }

  @Test func anImageHasRowsAndColumns() throws {
    let folder = try TemporaryFolder()
    let image = resource("image.png")
    let model = resource("image-model.h5")
    for (options, header, count) in [
      ([], "row,column,attribution", 1), (["--channels", "keep"], "row,column,channel,input,attribution", 3),
    ] {
      let run = try LensProcess(
        ["explain", model, image, "--method", "gradient,grad-cam", "--output", folder.path] + options)
      #expect(run.exitCode == 0, "\(run.errors)")
      let rows = try lines(of: String(contentsOfFile: "\(folder.path)/image.gradient.csv", encoding: .utf8))
      #expect(rows[0] == header)
      #expect(rows.count == 1 + 9 * 8 * count)
    }
    #expect(folder.files().contains("image.grad-cam.png"))
  }
}
