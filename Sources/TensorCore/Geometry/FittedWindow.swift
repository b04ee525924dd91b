import Synchronization

/// A window fitted to one input, in the form that kernels read.
final class FittedWindow: Sendable {
  /// The window with its padding and output extents as numbers.
  let resolved: ResolvedWindow
  /// The axes as an output position sees the input.
  let fromOutput: KernelWindow
  /// Whether every cell of the input lies in one window and no more.
  let isTiling: Bool
  /// Whether no cell of the input lies in two windows.
  let isExclusive: Bool
  private let kept = Mutex<KernelWindow?>(nil)

  init(_ resolved: ResolvedWindow) {
    self.resolved = resolved
    fromOutput = KernelWindow(resolved.fromOutput())
    isExclusive = resolved.isExclusive
    isTiling = isExclusive && resolved.coversInput
  }

  /// The axes as an input position sees the output, made when they are first asked for.
  var fromInput: KernelWindow {
    kept.withLock { kept in
      if let kept { return kept }
      let made = KernelWindow(resolved.fromInput())
      kept = made
      return made
    }
  }
}

/// The fittings of one window that have been asked for, so that passes over inputs of the same extents share them.
final class WindowFitting: Sendable {
  /// Fittings that are kept; a network sees one shape of input, or a few.
  private static let mostKept = 8

  private let window: Window
  private let kept = Mutex<[FittedWindow]>([])

  init(_ window: Window) { self.window = window }

  /// The window fitted to the spatial extents of an input.
  ///
  /// - Throws: `GeometryError` when it does not fit.
  func callAsFunction(over extents: some Collection<Int>) throws(GeometryError) -> FittedWindow {
    if let fitted = kept.withLock({ $0.first { $0.resolved.input.elementsEqual(extents) } }) { return fitted }
    let made = FittedWindow(try window.resolved(over: Array(extents)))
    kept.withLock { kept in
      if kept.count == Self.mostKept { kept.removeFirst() }
      kept.append(made)
    }
    return made
  }
}
