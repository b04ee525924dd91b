extension String {
  /// One line that can be drawn and stand in XML: control characters and line breaks become spaces.
  package var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: " "
          default: scalar
          }
        }))
  }
}
