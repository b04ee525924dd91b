import Training

/// Texts of recipes for tests.
enum RecipeText {
  /// A whole recipe with a tiny network; `more` stands at the end.
  static func whole(
    layers: String = "    - flatten\n    - dense: {units: 10, activation: softmax}",
    data: String = "  train: {generate: mnist1d, count: 100}", more: String = ""
  ) -> String {
    "model:\n  input: [40, 1]\n  layers:\n\(layers)\ndata:\n\(data)\n\(more)"
  }

  /// The sentence with which a text is refused; empty when it is not.
  static func refusal(_ text: String, changes: [RecipeChange] = []) -> String {
    do throws(RecipeError) {
      _ = try Recipe(yaml: text, source: "run.yaml", folder: "/data", changes: changes)
    } catch {
      return error.description
    }
    return ""
  }
}
