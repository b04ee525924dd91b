/// The version of Keras that wrote a file, as far as it matters for reading.
package struct KerasVersion: Sendable, Equatable {
  /// The first number: 1, 2 or 3.
  package let major: Int

  /// Parses the attribute `keras_version`, such as `2.4.0` or `2.2.4-tf`; files without it come from Keras 1.
  package init(parsing text: String?) {
    major = text.flatMap { Int($0.prefix { $0.isNumber }) } ?? 1
  }
}
