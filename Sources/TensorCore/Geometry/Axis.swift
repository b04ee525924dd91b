import CKernels

/// One axis of a fitted window, seen from the side that is written.
struct Axis: Sendable, Equatable {
  /// The taps that reach one destination coordinate.
  struct Reach: Sendable, Equatable {
    var firstTap: Int
    var count: Int
    var firstSource: Int

    static let none = Reach(firstTap: 0, count: 0, firstSource: 0)
  }

  var destination: Int
  var source: Int
  var kernel: Int
  var tapStep: Int
  var sourceStep: Int
  /// Coordinates this far apart are reached by taps of the same residue modulo `tapStep`.
  var phases: Int
  /// The source coordinate, perhaps outside, that the first tap reads for the first destination coordinate.
  var origin: Int
  /// Source coordinates from one destination coordinate to the next; unused where there are phases.
  var stride: Int
  var reaches: [Reach]

  /// An axis of extent one that leaves everything as it is: what a lower rank has where the kernels have three axes.
  static let singleton = identity(over: 1)

  /// An axis whose only tap reads every position itself.
  static func identity(over extent: Int) -> Axis {
    Axis(
      destination: extent, source: extent, kernel: 1, tapStep: 1, sourceStep: 1, phases: 1,
      origin: 0, stride: 1,
      reaches: (0..<extent).map { Reach(firstTap: 0, count: 1, firstSource: $0) })
  }
}

/// The axes of a fitted window in the form that the kernels read.
///
/// Safe to send because nothing is written after the initialiser.
final class KernelWindow: @unchecked Sendable {
  private let reaches: UnsafeMutableBufferPointer<ck_reach>
  private(set) var window = ck_window()

  /// Windows that leave everything as it is, over innermost axes of every extent up to `longestRun`.
  static let identities = (0...longestRun).map { KernelWindow([.identity(over: $0)]) }

  /// The longest run of items that a dense layer takes as a row: a multiple of every kernel's block of positions.
  static let longestRun = 48

  /// The number of destination rows: runs of positions along the innermost axis.
  let rows: Int

  init(_ axes: [Axis]) {
    precondition(
      axes.count <= Window.mostAxes,
      "kernels slide over at most \(Window.mostAxes) spatial axes, not \(axes.count)")
    let all = Array(repeating: Axis.singleton, count: Window.mostAxes - axes.count) + axes
    rows = all[0].destination * all[1].destination
    reaches = .allocate(capacity: all.reduce(0) { $0 + $1.reaches.count })
    var next = 0
    let parts = all.map { axis -> ck_axis in
      let start = UnsafePointer(reaches.baseAddress.map { $0 + next })
      for reach in axis.reaches {
        reaches.initializeElement(
          at: next,
          to: ck_reach(
            first_tap: Int32(reach.firstTap), count: Int32(reach.count),
            first_source: Int32(reach.firstSource)))
        next += 1
      }
      return ck_axis(
        destination: Int64(axis.destination), source: Int64(axis.source), kernel: Int64(axis.kernel),
        tap_step: Int64(axis.tapStep), source_step: Int64(axis.sourceStep), phases: Int64(axis.phases),
        origin: Int64(axis.origin), stride: Int64(axis.stride), reaches: start)
    }
    window.axes = (parts[0], parts[1], parts[2])
  }

  deinit { reaches.deallocate() }
}
