import ArgumentParser
import SignalLens

/// The command `lens dataset tissue`.
struct TissueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tissue", abstract: "Draws synthetic tiles that look like stained tissue.",
    discussion: """
      A folder for each of eight classes (\(TissueClass.allCases.map(\.folderName).joined(separator: ", "))) with RGB images whose nuclei, \
      fibres, glands and fat cells are drawn from geometry, and beside it a folder of masks: which pixels of a tile show the structures that \
      define its class. No tile shows the tissue of any patient.
      """)

  @Option(help: ArgumentHelp("The folder for the tiles.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("The folder for the masks; <output>-masks by default.", valueName: "folder"))
  var masks: String?

  @Option(help: ArgumentHelp("Number of tiles of every class.", valueName: "n"))
  var count = Tissue.Options().count

  @Option(help: ArgumentHelp("Rows and columns of a tile.", valueName: "pixels"))
  var size = Tissue.Options().size

  @Option(help: ArgumentHelp("Seed of the random streams.", valueName: "n"))
  var seed = Tissue.Options().seed

  @Option(help: ArgumentHelp("Processor threads; all by default.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads should be at least 1, not \(threads)") }
  }

  func run() throws {
    if let threads { Threads.count = threads }
    var options = Tissue.Options()
    options.count = count
    options.size = size
    options.seed = seed
    var folder = output
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let masks = masks ?? "\(folder)-masks"
    try Tissue(options).write(to: folder, masks: masks)
    print("\(count * TissueClass.allCases.count) synthetic tiles: \(folder); their masks: \(masks)")
  }
}
