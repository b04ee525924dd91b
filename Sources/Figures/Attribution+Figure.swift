import Explainers
import Foundation
import TensorCore

extension Attribution {
  /// Draws the attribution and writes the figure to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - path: The file to write; its folder must exist.
  ///   - format: The file format, whatever the extension of the path.
  ///   - options: What the figure says and shows beside the attribution.
  /// - Throws: `FigureError` when something is not finite, does not fit or cannot be written.
  public func writeFigure(
    to path: String, format: FigureFormat, options: FigureOptions = FigureOptions()
  ) throws(FigureError) {
    try FigureError.writing(figure(as: format, options: options), to: path)
  }

  /// Draws the attribution; the same attribution and options always give the same bytes.
  ///
  /// - No spatial axis: bars over the features.
  /// - One: the signal over strips coloured by its attribution, and the attribution as bars. Several channels are stacked, more
  ///   than 12 become maps of channel against time. A long signal keeps its outline: each column of pixels shows the
  ///   lowest and highest of its samples and their strongest attribution.
  /// - Two: the input, the map summed over its channels and the map laid over the input. Large images are reduced by
  ///   averaging.
  /// - More: as two, the middle slice of the leading axes.
  ///
  /// Maps of both signs have diverging colours centred at zero; others start at zero.
  ///
  /// - Parameters:
  ///   - format: The file format.
  ///   - options: What the figure says and shows beside the attribution.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError` when something is not finite or does not fit.
  public func figure(
    as format: FigureFormat, options: FigureOptions = FigureOptions()
  ) throws(FigureError) -> Data {
    try checkDrawable(options)
    let (body, notes) = layout(options)
    return try Figure(title: title(options, notes: notes), body: body).encoded(as: format)
  }

  private func layout(_ options: FigureOptions) -> (body: any Layout, notes: [String]) {
    switch InputForm(input.shape) {
    case .features: return featureLayout(options)
    case .signal(let length):
      return input.drawnChannels <= Self.mostStackedChannels
        ? signalLayout(length: length, options) : channelGridLayout(length: length, options)
    case .image(let rows, let columns, let slices):
      return imageLayout(rows: rows, columns: columns, slices: slices, options)
    }
  }

  /// More channels than this are drawn as a map of channel against time.
  private static let mostStackedChannels = 12
}
