import ArgumentParser
import Boundary
import Foundation
import SignalLens

/// The command `lens`.
@main
struct Lens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lens",
    abstract: "Explains what convolutional networks look at, in signals and in images, from Keras .h5 files.",
    discussion: """
      Exit codes: 0 done; 64 the request is wrong; 65 a file is not what it should be; 66 a file is missing; 70 a defect \
      of SignalLens.
      """,
    version: SignalLensVersion.text,
    subcommands: [
      MethodsCommand.self, SummaryCommand.self, PredictCommand.self, ExplainCommand.self, CompareCommand.self,
      EvaluateCommand.self, MetricsCommand.self, TrainCommand.self, ReportCommand.self, ConvertCommand.self,
      DatasetCommand.self,
    ])

  static func main() {
    HDF5Rehearsal.install()
    Interruption.cleanUpOnSignals()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as any Failure {
      fail(failure.description, code: failure.failureClass.rawValue)
    } catch {
      let code = exitCode(for: error)
      // Help and version are asked for through errors as well.
      if code == .success { exit(withError: error) }
      let isUsage = code == .validationFailure
      fail(
        isUsage ? oneSentence(message(for: error)) : "\(error)",
        code: isUsage ? FailureClass.usage.rawValue : FailureClass.defect.rawValue)
    }
  }

  private static func fail(_ sentence: String, code: Int32) -> Never {
    // Names come from files; one with line breaks or escape sequences would make more of the message than a sentence.
    let isPrinted = { (scalar: Unicode.Scalar) in
      ![.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
    let line = String(
      String.UnicodeScalarView(sentence.unicodeScalars.map { isPrinted($0) ? $0 : "\u{fffd}" }))
    FileHandle.standardError.write(Data("lens: \(line)\n".utf8))
    Foundation.exit(code)
  }

  /// A message of the argument parser as one sentence that says where help is.
  private static func oneSentence(_ message: String) -> String {
    let text = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    let trimmed = text.hasSuffix(".") ? String(text.dropLast()) : text
    return "\(trimmed); see 'lens --help' or the help of the command"
  }
}
