/// One row per item: the label, the predicted class and the model's outputs as its file defines them.
public struct PredictionTable: Sendable {
  private var table: CSVTable

  /// Starts a table for a number of outputs.
  public init(outputs: Int) {
    table = CSVTable(columns: ["item", "label", "predicted"] + (0..<outputs).map { "output_\($0)" })
  }

  /// Adds a prediction.
  ///
  /// - Parameters:
  ///   - item: The name of the item.
  ///   - label: The class that the data give, when they do.
  ///   - predicted: The class that the model predicts.
  ///   - outputs: The model's outputs.
  public mutating func append(item: String, label: Int?, predicted: Int, outputs: [Float]) {
    table.append([item, label.map(String.init) ?? "", "\(predicted)"] + outputs.map { "\($0)" })
  }

  /// The table as bytes.
  public var bytes: [UInt8] { table.bytes }
}
