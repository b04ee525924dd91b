/// The epochs of a training.
public struct History: Sendable, Hashable {
  /// One record per finished epoch.
  public private(set) var epochs: [EpochRecord] = []

  /// The names of the columns of `csv`.
  public static let columns = [
    "epoch", "learning_rate", "loss", "accuracy", "val_loss", "val_accuracy", "seconds",
  ]

  /// Creates an empty history.
  public init() {}

  /// Adds an epoch.
  public mutating func append(_ record: EpochRecord) { epochs.append(record) }

  /// The history as comma-separated text with a line of names.
  ///
  /// Numbers have as few digits as read back to the same value; cells of validation are empty where there is none.
  public var csv: String {
    let rows = epochs.map { epoch in
      let numbers = [
        epoch.learningRate, epoch.training.loss, epoch.training.accuracy, epoch.validation?.loss,
        epoch.validation?.accuracy, epoch.seconds,
      ]
      return (["\(epoch.epoch)"] + numbers.map { $0.map { "\($0)" } ?? "" }).joined(separator: ",")
    }
    return ([Self.columns.joined(separator: ",")] + rows).map { $0 + "\n" }.joined()
  }
}
