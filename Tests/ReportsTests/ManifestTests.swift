import Foundation
import Reports
import Testing

@Suite struct ManifestTests {
  private let manifest = Manifest(
    version: "1.2.3", commandLine: ["lens", "explain"], options: ["score": "logit"],
    model: .init(path: "a/b.h5", sha256: "00ff"), inputs: [.init(path: "x.npy", sha256: "11")],
    methods: [.init(id: "grad-cam", parameters: ["layer": "conv1d"])], seed: 7, items: 3)

  @Test func whatIsWrittenReadsBack() throws {
    #expect(try JSONDecoder().decode(Manifest.self, from: manifest.json()) == manifest)
  }

  @Test func keysAreSortedAndPathsReadable() throws {
    let text = String(decoding: try manifest.json(), as: UTF8.self)
    let places = ["commandLine", "inputs", "items", "methods", "model", "options", "seed", "version"].map {
      text.range(of: "\"\($0)\"")?.lowerBound
    }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect(text.contains("\"a/b.h5\""))
    #expect(text.hasSuffix("}\n"))
  }
}
