import Foundation
import Testing

/// The command `lens convert`.
@Suite struct ConvertTests {
  private static let model = "\(projectData)/models/mnist1d-cnn.h5"
  private static let samples = "\(projectData)/samples/mnist1d-samples.h5"

  @Test func theConvertedModelPredictsTheSame() throws {
    let folder = try TemporaryFolder()
    let converted = "\(folder.path)/converted.h5"
    let run = try LensProcess(["convert", Self.model, "--output", converted])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains(converted))
    let tables = try [Self.model, converted].map { model in
      let table = "\(folder.path)/table.csv"
      let run = try LensProcess(["predict", model, Self.samples, "--key", "x", "--output", table])
      #expect(run.exitCode == 0, "\(run.errors)")
      return try String(contentsOfFile: table, encoding: .utf8)
    }
    #expect(tables[0] == tables[1])
  }

  @Test(arguments: ["model.keras", "model"])
  func anOutputOfAnotherFormat(name: String) throws {
    let folder = try TemporaryFolder()
    let run = try LensProcess(["convert", Self.model, "--output", "\(folder.path)/\(name)"])
    #expect(run.exitCode == 64)
    #expect(run.errors.contains(".h5") && run.errors.contains(name))
    #expect(folder.files().isEmpty)
  }
}
