import Foundation
import Testing

/// Files on which libhdf5 itself crashes, hangs or takes memory without end: the command survives them.
@Suite struct CrashingFileTests {
  @Test(arguments: [
    ("crash-tree-address.h5", "crash-tree-address.h5"),
    ("crash-node-address.h5", "crash-node-address.h5"),
    ("crash-text-header.h5", "crash-text-header.h5"),
    ("crash-tree-address.keras", "crash-tree-address.keras/model.weights.h5"),
  ])
  func aModelThatCrashesLibhdf5(name: String, shown: String) throws {
    let run = try LensProcess(["summary", resource("hostile/\(name)")])
    #expect(run.exitCode == 65)
    #expect(run.output.isEmpty)
    #expect(
      run.errors
        == "lens: '\(resource("hostile/\(shown)"))' is damaged at /: libhdf5 crashes when it reads the file; "
        + "copy or save the file again\n")
  }

  @Test func aModelThatTakesMemoryWithoutEnd() throws {
    let run = try LensProcess(["summary", resource("hostile/crash-claimed-memory.h5")])
    #expect(run.exitCode == 65)
    #expect(
      run.errors.contains("crash-claimed-memory.h5' is damaged at /: reading the file takes far more memory"))
  }

  @Test func arraysThatCrashLibhdf5() throws {
    let run = try LensProcess([
      "predict", resource("hostile/sound.h5"), resource("hostile/crash-tree-address.h5"),
    ])
    #expect(run.exitCode == 65)
    #expect(run.errors.contains("crash-tree-address.h5' is damaged at /: libhdf5 crashes"))
  }
}
