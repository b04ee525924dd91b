/// What the template of the page is filled with; arrays of texts hold one element or none.
struct PageContext {
  /// A fact about the run.
  struct Fact {
    var name: String
    var value: String
    var full: [String] = []
  }

  /// A picture of the run.
  struct Figure {
    var source: String
    var words: String
    /// The width in pixels below which it scrolls instead of shrinking.
    var width = 0
  }

  /// A chart.
  struct Chart {
    /// A curve of the key.
    struct Entry {
      var number: String
      var name: String
    }

    var title: String
    var drawing: String
    var key: [Entry] = []
    var caption: [String] = []
    var hasKey = false
    var isFirst = false
    var isLast = false
  }

  /// How a method or a metric came to its numbers.
  struct Method {
    var name: String
    var id: String
    var summary: [String]
    var parameters: [Fact]
    var hasParameters: Bool
    var notes: [String]
    var hasNotes: Bool
  }

  /// A part of the page.
  struct Section {
    var id: String
    var name: String
    var paragraphs: [String] = []
    var hasPictures = false
    var items: [PageItem] = []
    var figures: [Figure] = []
    var charts: [Chart] = []
    var tables: [PageTable] = []
    var methods: [Method] = []

    /// The section with its charts told where their row begins and ends.
    func withChartRow() -> Section {
      var section = self
      for index in charts.indices {
        section.charts[index].isFirst = index == 0
        section.charts[index].isLast = index == charts.count - 1
      }
      return section
    }
  }

  var title: String
  var lead: String
  var version: [String]
  var facts: [Fact]
  var command: [String]
  var sections: [Section]
  var footer: String
  var style: String
  var script: String
  var colors: String
}
