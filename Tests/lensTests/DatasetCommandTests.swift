import Foundation
import Testing

@Suite struct DatasetCommandTests {
  @Test func generatedHeartbeatsAreRecognised() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/beats.h5"
    let run = try LensProcess(["dataset", "beats", "--count", "20", "--seed", "11", "--output", file])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output == "80 synthetic beats for training and 20 for testing: \(file)\n")
    let prediction = try LensProcess([
      "predict", "\(projectData)/models/beats-cnn.h5", file, "--key", "x",
    ])
    #expect(prediction.exitCode == 0, "\(prediction.errors)")
    let last = try #require(lines(of: prediction.output).last)
    let rightCount = try #require(last.split(separator: " ").first.flatMap { Int($0) })
    // 99.8 % of 500 when it was trained.
    #expect(rightCount >= 76, "\(last)")
  }

  @Test func generatedTilesAreRecognisedAndMasksAreNoClass() throws {
    let folder = try TemporaryFolder()
    let tiles = "\(folder.path)/tiles"
    let run = try LensProcess(["dataset", "tissue", "--count", "3", "--seed", "9", "--output", "\(tiles)/"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output == "24 synthetic tiles: \(tiles); their masks: \(tiles)-masks\n")
    let prediction = try LensProcess(["predict", "\(projectData)/models/tissue-vgg7.h5", tiles])
    #expect(prediction.exitCode == 0, "\(prediction.errors)")
    let last = try #require(lines(of: prediction.output).last)
    #expect(last.contains("of 24 right"))
    let rightCount = try #require(last.split(separator: " ").first.flatMap { Int($0) })
    #expect(rightCount >= 17, "\(last)")
  }

  @Test func sameSeedSameBytesOnAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let files = try ["1", "3"].map { threads in
      let root = "\(folder.path)/threads-\(threads)"
      let run = try LensProcess([
        "dataset", "tissue", "--count", "2", "--size", "32", "--threads", threads, "--output",
        "\(root)/tiles",
        "--masks", "\(root)/masks",
      ])
      #expect(run.exitCode == 0, "\(run.errors)")
      return try ["tiles", "masks"].flatMap { part in
        try (FileManager.default.subpaths(atPath: "\(root)/\(part)") ?? []).sorted().filter {
          $0.hasSuffix(".png")
        }.map { try Data(contentsOf: URL(fileURLWithPath: "\(root)/\(part)/\($0)")) }
      }
    }
    #expect(files[0].count == 32)
    #expect(files[0] == files[1])
  }

  @Test func impossibleOptionsAreOneSentence() throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess(["dataset", "beats", "--count", "0", "--output", "\(folder.path)/b.h5"])
    #expect(run.exitCode == 64)
    #expect(run.errors.contains("the option 'count' should be a whole number from 1 to 244032, but it is 0"))
    let tissue = try LensProcess(["dataset", "tissue", "--size", "3", "--output", "\(folder.path)/t"])
    #expect(tissue.exitCode == 64)
    #expect(tissue.errors.contains("the option 'size' should be a whole number from 16 to 2048, but it is 3"))
    #expect(folder.files().isEmpty)
  }
}
