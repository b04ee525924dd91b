/// How files become inputs of a model.
public struct InputOptions: Sendable {
  /// The array that holds the items, in files with several arrays.
  public var key: String?
  /// The array that holds the labels.
  public var labelsKey: String?
  /// The items to use, in files with several items and in folders.
  public var items: ItemSelection?
  /// How the rows of a .csv file become signals and labels.
  public var table: TableOptions
  /// How values are scaled before the model sees them.
  public var scaling: InputScaling
  /// Whether arrays are made for a model that takes the channels before the spatial axes; arrays that have them last fit, too.
  public var expectsChannelsFirst = false

  /// Creates options; every one of them may be left out.
  public init(
    key: String? = nil, labelsKey: String? = nil, items: ItemSelection? = nil, table: TableOptions = .init(),
    scaling: InputScaling = .init()
  ) {
    self.key = key
    self.labelsKey = labelsKey
    self.items = items
    self.table = table
    self.scaling = scaling
  }
}
