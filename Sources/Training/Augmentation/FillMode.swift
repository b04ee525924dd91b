/// What stands for the values outside of an item, as in `scipy.ndimage`.
public enum FillMode: Sendable, Equatable {
  /// The nearest value of the item: `a a a | a b c d | d d d`.
  case nearest
  /// The item mirrored at its edges: `c b a | a b c d | d c b`.
  case reflect
  /// One value everywhere beyond the middle of the outermost samples.
  case constant(Float)

  /// The name in recipes.
  public var name: String {
    switch self {
    case .nearest: "nearest"
    case .reflect: "reflect"
    case .constant: "constant"
    }
  }

  /// The names of all modes.
  static let names = ["nearest", "reflect", "constant"]
}
