/// Where a method is described.
public struct Citation: Sendable, Equatable {
  /// The authors, as a reference list has them.
  public let authors: String
  /// The title.
  public let title: String
  /// Journal, conference or archive.
  public let venue: String
  /// The year.
  public let year: Int

  /// The first author, with `et al.` when there are more, as in `Selvaraju et al.`.
  public var firstAuthor: String {
    let names = authors.split(separator: ", ")
    return names.count > 1 ? "\(names[0]) et al." : authors
  }

  /// Describes where a method is described.
  package init(authors: String, title: String, venue: String, year: Int) {
    self.authors = authors
    self.title = title
    self.venue = venue
    self.year = year
  }
}

extension Citation {
  /// Gradients as saliency maps.
  static let simonyan2014 = Citation(
    authors: "Simonyan, Vedaldi, Zisserman",
    title: "Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps",
    venue: "ICLR Workshop", year: 2014)
  /// Gradient times input.
  static let shrikumar2016 = Citation(
    authors: "Shrikumar, Greenside, Shcherbina, Kundaje",
    title: "Not Just a Black Box: Learning Important Features Through Propagating Activation Differences",
    venue: "arXiv:1605.01713", year: 2016)
  /// Grad-CAM.
  static let selvaraju2017 = Citation(
    authors: "Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra",
    title: "Grad-CAM: Visual Explanations from Deep Networks via Gradient-Based Localization",
    venue: "ICCV", year: 2017)
  /// Integrated gradients.
  static let sundararajan2017 = Citation(
    authors: "Sundararajan, Taly, Yan",
    title: "Axiomatic Attribution for Deep Networks", venue: "ICML", year: 2017)
}
