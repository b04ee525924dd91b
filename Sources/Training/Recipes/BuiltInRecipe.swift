/// The recipes that come with the program.
public enum BuiltInRecipe {
  /// Their names.
  public static let names = ["mnist1d-cnn", "vgg7", "beats-cnn"]

  /// The text of a recipe.
  ///
  /// - Parameter name: One of `names`.
  /// - Returns: YAML, or `nil` when there is none of the name.
  public static func text(named name: String) -> String? {
    switch name {
    case "mnist1d-cnn": String(decoding: PackageResources.mnist1d_cnn_yaml, as: UTF8.self)
    case "vgg7": String(decoding: PackageResources.vgg7_yaml, as: UTF8.self)
    case "beats-cnn": String(decoding: PackageResources.beats_cnn_yaml, as: UTF8.self)
    default: nil
    }
  }

  /// What a recipe is for: the first line of its text.
  ///
  /// - Parameter name: One of `names`.
  /// - Returns: A sentence, or `nil` when there is none of the name.
  public static func summary(named name: String) -> String? {
    text(named: name)?.split(separator: "\n").first.map { String($0.drop { $0 == "#" || $0 == " " }) }
  }
}
