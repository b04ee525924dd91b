import Foundation

/// Amounts of the two dyes at one place of a section, and the colour that light has behind them.
///
/// The law of Beer and Lambert, in decimal optical densities:
///
///     density_c = haematoxylin H_c + eosin E_c        intensity_c = white 10^(-density_c)
///     H = (0.650, 0.704, 0.286)   E = (0.072, 0.990, 0.105)   for c = red, green, blue
///
/// Source of the vectors: A. C. Ruifrok and D. A. Johnston, *Quantification of histochemical staining by color deconvolution*,
/// Analytical and Quantitative Cytology and Histology 23 (2001).
public struct TissueStain: Sendable, Hashable {
  /// The amount of haematoxylin, which stains nuclei blue; 0 for none, about 1 in a dark nucleus.
  public var hematoxylin: Double
  /// The amount of eosin, which stains fibres and cytoplasm pink; 0 for none, about 0.5 in a fibre.
  public var eosin: Double

  /// The optical densities of one unit of haematoxylin for red, green and blue.
  public static let hematoxylinDensity = [0.650, 0.704, 0.286]
  /// The optical densities of one unit of eosin for red, green and blue.
  public static let eosinDensity = [0.072, 0.990, 0.105]

  /// Creates the amounts.
  ///
  /// - Parameters:
  ///   - hematoxylin: The amount of haematoxylin, at least 0.
  ///   - eosin: The amount of eosin, at least 0.
  public init(hematoxylin: Double, eosin: Double) {
    self.hematoxylin = hematoxylin
    self.eosin = eosin
  }

  /// The optical densities for red, green and blue.
  public var densities: [Double] {
    zip(Self.hematoxylinDensity, Self.eosinDensity).map { hematoxylin * $0 + eosin * $1 }
  }

  /// The colour behind the dyes.
  ///
  /// - Parameter white: The intensity without any dye.
  /// - Returns: The intensities of red, green and blue, in units of `white`.
  public func intensities(white: Double) -> [Double] {
    densities.map { white * pow(10, -$0) }
  }

  /// The amounts between these and others: these for a share of 0, the others for 1.
  func mixed(with other: TissueStain, share: Double) -> TissueStain {
    TissueStain(
      hematoxylin: hematoxylin + share * (other.hematoxylin - hematoxylin),
      eosin: eosin + share * (other.eosin - eosin))
  }

  /// Both amounts times a factor.
  func scaled(by factor: Double) -> TissueStain {
    TissueStain(hematoxylin: factor * hematoxylin, eosin: factor * eosin)
  }
}
