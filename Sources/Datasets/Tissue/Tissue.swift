import Boundary
import Foundation
import Images
import TensorCore

/// Tiles that look like stained sections of tissue, drawn from geometry, in eight classes.
///
/// Nuclei, fibres, glands and fat cells are shapes with a place and a size, so that for every tile the pixels are known that make it one of its class.
/// Their dyes mix by the law of Beer and Lambert (`TissueStain`). No tile shows the tissue of any patient: the data are for trying and testing methods, and
/// say nothing about how well a network judges sections of tissue.
///
/// The same options give the same tiles on every run, for any number of threads: every tile has a random stream of its own.
public struct Tissue: Sendable {
  /// The options.
  public let options: Options

  /// What is said of the tiles in every file.
  public static let notice =
    "Synthetic: drawn by 'lens dataset tissue', no section of any patient. Not for diagnosis."

  /// Prepares tiles; they are drawn when they are written.
  ///
  /// - Parameter options: What to vary.
  /// - Throws: `DatasetError.option` when an option is outside its range.
  public init(_ options: Options = Options()) throws(DatasetError) {
    try options.validate()
    self.options = options
  }

  /// Draws all tiles and writes them and their masks, a folder for each class.
  ///
  ///     folder/01_TUMOR/synthetic-0000.png         the tile, RGB
  ///     masks/01_TUMOR/synthetic-0000.png          its mask, grey: 255 or 0
  ///     folder/README.txt, masks/README.txt        what these are
  ///
  /// Masks lie in a folder of their own, so that no command takes them for a class. Every image says in its description that it is synthetic.
  /// Files of these names are replaced, others stay.
  ///
  /// - Parameters:
  ///   - folder: The folder for tiles; made when it is not there.
  ///   - masks: The folder for masks; made when it is not there.
  /// - Throws: `ImageError` or `WholeFileError` when a file or a folder cannot be written.
  public func write(to folder: String, masks: String) throws {
    let classes = TissueClass.allCases
    for root in [folder, masks] {
      for kind in classes { try Self.make("\(root)/\(kind.folderName)") }
    }
    _ = try Threads.map(classes.count * options.count) { task in
      let (kind, index) = (classes[task / options.count], task % options.count)
      let tile = try TissueTile(kind, index: index, options)
      let digits = String(index)
      let name = "synthetic-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).png"
      try tile.image.writePNG(to: "\(folder)/\(kind.folderName)/\(name)", description: Self.notice)
      try tile.mask.writePNG(to: "\(masks)/\(kind.folderName)/\(name)", description: Self.notice)
    }
    try WholeFile.write(Data(readMe(masks: masks).utf8), to: "\(folder)/README.txt")
    try WholeFile.write(Data(masksReadMe.utf8), to: "\(masks)/README.txt")
  }

  private func readMe(masks: String) -> String {
    """
    \(Self.notice)

    \(TissueClass.allCases.count) classes, \(options.count) of each, \(options.size) x \(options.size) pixels, seed \(options.seed). The colours mix two dyes by the law of Beer and Lambert; nuclei, fibres,
    glands and fat cells are drawn from geometry.
    The masks are in the folder \(URL(fileURLWithPath: masks).lastPathComponent).

    """
  }

  private var masksReadMe: String {
    let classes = TissueClass.allCases.map { "\($0.folderName): \($0.maskedStructure)" }
    return """
      \(Self.notice)

      Masks of the tiles of the same names. White is what makes a tile one of its class:

      \(classes.joined(separator: "\n"))

      """
  }

  private static func make(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw WholeFileError.notWritable(path: path, reason: "the folder cannot be made")
    }
  }
}
