import TensorCore

/// A point on its way from one input to another that moves first along what has small gradients.
struct GuidedPath {
  /// What came of every move so far: gradient times move, element by element.
  private(set) var attribution: [Double]
  private var place: [Double]
  private let start: [Double]
  private let end: [Double]
  private let fraction: Double
  private let distance: Double
  private let length: Double

  /// Distances this close, as a share of them, are equal.
  private static let tolerance = 1e-9

  init(from start: Tensor, to end: Tensor, fraction: Double, distance: Double) {
    self.start = start.values.map { Double($0) }
    self.end = end.values.map { Double($0) }
    self.fraction = fraction
    self.distance = distance
    place = self.start
    attribution = Array(repeating: 0, count: place.count)
    length = zip(self.start, self.end).reduce(0) { $0 + abs($1.1 - $1.0) }
  }

  /// Where the point is.
  func point(of shape: Shape) -> Tensor { Tensor(shape, place.map { Float($0) }) }

  /// Moves the point until its distance to the end is the share `1 - progress` of the whole.
  ///
  /// - Parameters:
  ///   - progress: From 0 to 1.
  ///   - gradient: The gradient where the point is.
  mutating func advance(to progress: Double, against gradient: [Double]) {
    guard length > 0 else { return }
    let (low, high) = (max(progress - distance, 0), min(progress + distance, 1))
    let ahead = place.indices.map { start[$0] + high * (end[$0] - start[$0]) }
    let left = length * (1 - progress)
    var sizes = gradient.map { abs($0) }
    while true {
      let before = place
      defer {
        for index in place.indices { attribution[index] += (place[index] - before[index]) * gradient[index] }
      }
      for index in place.indices where share(of: index, else: high) < low {
        place[index] = start[index] + low * (end[index] - start[index])
      }
      let current = zip(place, end).reduce(0) { $0 + abs($1.1 - $1.0) }
      if abs(current - left) <= max(Self.tolerance * max(abs(current), abs(left)), Self.tolerance) { return }
      for index in place.indices where place[index] == ahead[index] { sizes[index] = .infinity }
      let threshold = sizes.sorted()[Int((fraction * Double(sizes.count - 1)).rounded(.down))]
      let moving = sizes.indices.filter { sizes[$0] <= threshold && sizes[$0] < .infinity }
      let room = moving.reduce(0) { $0 + abs(place[$1] - ahead[$1]) }
      // Nothing can move any more: the corridor ends here.
      guard room > 0 else { return }
      let share = (current - left) / room
      for index in moving {
        place[index] = share > 1 ? ahead[index] : place[index] + share * (ahead[index] - place[index])
      }
      if share <= 1 { return }
    }
  }

  /// How far an element is on its way; `fallback` for one that has nowhere to go.
  private func share(of index: Int, else fallback: Double) -> Double {
    let whole = end[index] - start[index]
    return whole == 0 ? fallback : (place[index] - start[index]) / whole
  }
}
