import Foundation
import SignalLens

/// What is said of a training while it goes on: on a terminal behind the progress bar, else in a line for an epoch now and then.
struct TrainingLog {
  private let printsLines: Bool
  private var last: EpochRecord?
  private var printed: ContinuousClock.Instant?

  /// Lines come no faster than this.
  private static let pause = Duration.seconds(5)

  init(isQuiet: Bool, last: EpochRecord?) {
    printsLines = !isQuiet && isatty(STDERR_FILENO) == 0
    self.last = last
  }

  /// What stands behind the bar.
  func line(_ report: StepReport) -> String {
    let now = String(
      format: "  epoch %d/%d  loss %.4f  accuracy %.1f %%", report.epoch, report.epochs, report.score.loss,
      100 * report.score.accuracy)
    guard let validation = last?.validation else { return now }
    return now + String(format: "  validation %.4f, %.1f %%", validation.loss, 100 * validation.accuracy)
  }

  /// Takes in a finished epoch.
  mutating func add(_ record: EpochRecord, of epochs: Int) {
    last = record
    let now = ContinuousClock.now
    let isDue = printed.map { now - $0 >= Self.pause } ?? true
    guard printsLines, isDue || record.epoch == epochs else { return }
    printed = now
    var line = String(
      format: "epoch %d/%d: loss %.4f, accuracy %.2f %%", record.epoch, epochs, record.training.loss,
      100 * record.training.accuracy)
    if let validation = record.validation {
      line += String(
        format: ", validation loss %.4f, accuracy %.2f %%", validation.loss, 100 * validation.accuracy)
    }
    FileHandle.standardError.write(Data("\(line), \(String(format: "%.2f", record.seconds)) s\n".utf8))
  }
}
