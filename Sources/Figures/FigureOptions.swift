import TensorCore

/// What a figure says and shows beside the attribution itself.
public struct FigureOptions: Sendable {
  /// The name of the item, the heading of the figure; empty for none.
  public var itemName: String
  /// The names of the classes by index; a class without a name is called by its index.
  public var classNames: [String]
  /// The names of the channels by index; a channel without a name is called by its index.
  public var channelNames: [String]
  /// The class that the data set gives for the item, when it is known.
  public var label: Int?
  /// The name of the method in the figure; without it, the method's identifier.
  public var methodTitle: String?
  /// Samples per second of a signal, from 1e-9 to 1e12 Hz: the axis is then in seconds (or ms, µs).
  public var samplingRate: Double?
  /// The picture to show for an image input, `[1, height, width, channels]` with values from 0 to 1.
  ///
  /// It may have another resolution than the input. Without it the input itself is shown through `displayRange`.
  public var picture: Tensor?
  /// The values of an image input that are shown black and white.
  ///
  /// Without it: `0...1`, `-1...1` or `0...255`, the first that holds every value, else the input's own range.
  public var displayRange: ClosedRange<Double>?
  /// Where the colours end.
  public var colorLimit: ColorLimit

  /// Creates options; every one of them may be left out.
  public init(
    itemName: String = "", classNames: [String] = [], channelNames: [String] = [], label: Int? = nil,
    methodTitle: String? = nil, samplingRate: Double? = nil, picture: Tensor? = nil,
    displayRange: ClosedRange<Double>? = nil, colorLimit: ColorLimit = .automatic
  ) {
    self.itemName = itemName
    self.classNames = classNames
    self.channelNames = channelNames
    self.label = label
    self.methodTitle = methodTitle
    self.samplingRate = samplingRate
    self.picture = picture
    self.displayRange = displayRange
    self.colorLimit = colorLimit
  }
}
