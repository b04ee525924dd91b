/// The eight kinds of tissue that tiles of colorectal cancer are sorted into.
///
/// Source: J. N. Kather et al., *Multi-class texture analysis in colorectal cancer histology*, Scientific Reports 6 (2016).
public enum TissueClass: Int, Sendable, Hashable, CaseIterable {
  /// Tumour epithelium: crowded, large, mottled nuclei.
  case tumor
  /// Simple stroma: bundles of fibres with few flat nuclei.
  case stroma
  /// Complex stroma: loose fibres with single tumour cells and immune cells.
  case complex
  /// Lymphocytes: dark round nuclei side by side.
  case lymphocytes
  /// Debris: necrosis, bleeding or mucus.
  case debris
  /// Mucosa: normal glands.
  case mucosa
  /// Fat cells.
  case adipose
  /// Glass without tissue.
  case empty

  /// The name of the class's folder; sorted by name the folders are in the order of the classes.
  public var folderName: String {
    switch self {
    case .tumor: "01_TUMOR"
    case .stroma: "02_STROMA"
    case .complex: "03_COMPLEX"
    case .lymphocytes: "04_LYMPHO"
    case .debris: "05_DEBRIS"
    case .mucosa: "06_MUCOSA"
    case .adipose: "07_ADIPOSE"
    case .empty: "08_EMPTY"
    }
  }

  /// What the mask of a tile shows.
  public var maskedStructure: String {
    switch self {
    case .tumor: "the nuclei of tumour cells"
    case .stroma: "the bundles of fibres, without the clefts between them"
    case .complex: "the tumour cells and immune cells among the fibres"
    case .lymphocytes: "the nuclei of lymphocytes"
    case .debris: "the grains and fragments of necrosis, the blood cells, or the threads of mucus"
    case .mucosa: "the glands with their lumina"
    case .adipose: "the membranes of fat cells and their nuclei"
    case .empty: "nothing: there is no tissue"
    }
  }
}
