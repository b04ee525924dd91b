import Foundation
import Images
import Testing

@Suite struct HostileFilesTests {
  @Test(arguments: ImageFormat.allCases)
  func changedBytesGiveAnImageOrAnError(_ format: ImageFormat) throws {
    let files = try HostileFiles.mutations(of: format, count: 600)
    let result = HostileFiles.decode(files)
    #expect(result.images + result.errors == 600)
    // A sweep that only ever met one outcome would have tested little.
    #expect(result.errors > 60 && result.images >= 10)
  }

  @Test(arguments: Expected.all.images)
  func aFileCutShortIsAnError(_ picture: Expected.Picture) throws {
    let whole = try picture.bytes()
    let step = max(1, whole.count / 150)
    var lengths = Set(stride(from: 0, to: whole.count, by: step))
    lengths.formUnion((1...40).map { whole.count - $0 })
    for length in lengths.sorted() where length >= 0 {
      do {
        _ = try PixelImage(file: Array(whole[..<length]), named: "cut")
        Issue.record("\(picture.file) cut to \(length) of \(whole.count) bytes is read")
      } catch .empty, .unknownFormat {
        #expect(length < 8)
      } catch .cutShort(let path, _, let fileBytes) {
        #expect(path == "cut" && fileBytes == length)
      } catch .beyondFile(_, _, _, _, let needed, let fileBytes) {
        #expect(fileBytes == length && needed > length)
      } catch {
        Issue.record("\(picture.file) cut to \(length) of \(whole.count) bytes: \(error)")
      }
    }
  }

  @Test func decodersPrintNothing() async throws {
    let result = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
      for format in ImageFormat.allCases {
        _ = HostileFiles.decode(try HostileFiles.mutations(of: format, count: 150))
      }
      for picture in Expected.all.images {
        let whole = try picture.bytes()
        _ = HostileFiles.decode(stride(from: 0, to: whole.count, by: 97).map { Array(whole[..<$0]) })
      }
    }
    let printed = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(printed == "")
  }
}
