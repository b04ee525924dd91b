import TensorCore

/// Pooling of one item in 64 bits, one cell at a time.
struct NaivePooling {
  let window: NaiveWindow
  let kind: Pooling.Kind
  let channels: Int

  init(_ pooling: Pooling, over extents: [Int], channels: Int) {
    window = NaiveWindow(pooling.window, over: extents)
    kind = pooling.kind
    self.channels = channels
  }

  /// The pooled values of a batch of items that lie one after the other.
  func callAsFunction(_ input: [Float]) -> [Double] {
    byItem(input, channels * window.inputPositions) { item in
      cells(of: item).map { cells in
        switch kind {
        case .maximum: cells.map { item[$0] }.max() ?? -.infinity
        case .average: cells.isEmpty ? 0 : cells.reduce(0) { $0 + item[$1] } / Double(cells.count)
        }
      }
    }
  }

  /// The cotangent of a single item.
  func pullback(_ cotangent: [Float], at input: [Float]) -> [Double] {
    let item = input.map { Double($0) }
    var result = [Double](repeating: 0, count: item.count)
    for (cells, value) in zip(cells(of: item), cotangent) {
      switch kind {
      case .maximum:
        let largest = cells.map { item[$0] }.max()
        if let winner = cells.first(where: { item[$0] == largest }) { result[winner] += Double(value) }
      case .average:
        for cell in cells { result[cell] += Double(value) / Double(cells.count) }
      }
    }
    return result
  }

  /// For every output element the input elements that it is taken from, in row-major order.
  private func cells(of item: [Double]) -> [[Int]] {
    var cells = [[Int]](repeating: [], count: window.outputPositions * channels)
    window.forEachTap { output, _, input in
      for channel in 0..<channels { cells[output * channels + channel].append(input * channels + channel) }
    }
    return cells
  }
}
