import Boundary
import Images
import Testing

@Suite struct ImageErrorTests {
  static let sentences: [(ImageError, String)] = [
    (
      .missing(path: "a.png"),
      "cannot read the image 'a.png': there is no such file; check the path"
    ),
    (
      .unreadable(path: "a.png", reason: "Permission denied"),
      "cannot read the image 'a.png': Permission denied; name a file that may be read"
    ),
    (
      .empty(path: "a.png"),
      "the image 'a.png' is empty, a PNG, TIFF or JPEG file was expected; fetch or export it again"
    ),
    (
      .fileTooLarge(path: "a.png", limit: 1_073_741_824),
      "the image 'a.png' has more than 1073741824 bytes, which is as much as is read; cut it into smaller images"
    ),
    (
      .unknownFormat(path: "a.png", firstBytes: [0x47, 0x49, 0x46, 0x0A]),
      "'a.png' is not an image: a PNG, TIFF or JPEG file was expected, but it begins with the bytes 47 49 46 0a; "
        + "convert it to one of these formats"
    ),
    (
      .cutShort(path: "a.png", format: .png, fileBytes: 100),
      "the PNG image 'a.png' is cut short: its data go on after the last of its 100 bytes; fetch or export it again"
    ),
    (
      .damaged(path: "a.tif", format: .tiff, reason: "bad code"),
      "the TIFF image 'a.tif' is damaged (bad code); fetch or export it again"
    ),
    (
      .unsupported(path: "a.jpg", format: .jpeg, found: "2 components", expected: "1, 3 or 4 components"),
      "the JPEG image 'a.jpg' cannot be read: expected 1, 3 or 4 components, found 2 components; "
        + "export it as an 8-bit RGB PNG"
    ),
    (
      .tooLarge(path: "a.png", format: .png, height: 30000, width: 20000, limit: 1_073_741_824),
      "the PNG image 'a.png' declares 20000 x 30000 pixels, which decode to more than 1073741824 bytes; "
        + "cut it into smaller images"
    ),
    (
      .beyondFile(
        path: "a.jpg", format: .jpeg, height: 30000, width: 20000, needed: 1_171_875, fileBytes: 200),
      "the JPEG image 'a.jpg' declares 20000 x 30000 pixels, which take at least 1171875 bytes, but the file has 200: "
        + "it is cut short or made to exhaust the memory; fetch or export it again"
    ),
    (
      .unknownConversion(from: 3, to: 2),
      "an image of 3 channels cannot be converted to 2 channels: only 1 (grey) and 3 (RGB) can be asked for; "
        + "use a model with one of these numbers of input channels"
    ),
    (
      .notWritable(path: "out/a.png", reason: "No such file or directory"),
      "cannot write the image 'out/a.png': No such file or directory; name an output in a folder that exists and can "
        + "be written to"
    ),
  ]

  @Test(arguments: sentences)
  func everyErrorIsASentence(_ error: ImageError, _ sentence: String) {
    #expect(error.description == sentence)
  }

  @Test(arguments: sentences.map(\.0))
  func missingFilesAreToldFromBadOnes(_ error: ImageError) {
    switch error {
    case .missing, .unreadable: #expect(error.failureClass == .missingFile)
    case .notWritable: #expect(error.failureClass == .usage)
    default: #expect(error.failureClass == .badData)
    }
  }
}
