import Boundary
import HDF5Files
import Testing

@Suite struct HDF5ErrorTests {
  @Test(arguments: [
    (
      HDF5Error.missingFile(file: "m.h5"), FailureClass.missingFile,
      "'m.h5' does not exist; check the path"
    ),
    (
      .unreadableFile(file: "m.h5", reason: "Permission denied"), .missingFile,
      "'m.h5' cannot be opened: Permission denied; allow this user to read it"
    ),
    (
      .notHDF5(file: "m.h5", found: "empty"), .badData,
      "'m.h5' is not an HDF5 file but empty; name a file that Keras or h5py saved as .h5"
    ),
    (
      .damaged(file: "m.h5", path: "/x", reason: "truncated file"), .badData,
      "'m.h5' is damaged at /x: truncated file; copy or save the file again"
    ),
    (
      .missingObject(file: "m.h5", path: "/a/x", available: ["b", "c"]), .badData,
      "'m.h5' has no /a/x; its group holds 'b', 'c'"
    ),
    (
      .missingObject(file: "m.h5", path: "/a", available: []), .badData,
      "'m.h5' has no /a; its group holds nothing"
    ),
    (
      .missingObject(
        file: "m.h5", path: "/a",
        available: [String(repeating: "n", count: 61)] + (1...9).map { "d\($0)" }), .badData,
      "'m.h5' has no /a; its group holds 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn...', "
        + "'d1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7' and 2 more"
    ),
    (
      .wrongObject(file: "m.h5", path: "/x", expected: "data set", found: "group"), .badData,
      "/x in 'm.h5' should be a data set, but it is a group; check the path"
    ),
    (
      .brokenLink(file: "m.h5", path: "/x"), .badData,
      "/x in 'm.h5' is a link that leads nowhere in this file; name the data set itself"
    ),
    (
      .outsideFile(file: "m.h5", path: "/x", found: "a link into another file"), .badData,
      "/x in 'm.h5' is a link into another file, which is not followed; save the data in one file"
    ),
    (
      .oversized(file: "m.h5", path: "/x", claimed: "4096 bytes", limit: 100), .badData,
      "/x in 'm.h5' claims 4096 bytes, but this file can hold at most 100 bytes of it; copy or save the file again"
    ),
    (
      .wrongType(file: "m.h5", path: "/x", expected: "numbers", found: "text"), .badData,
      "/x in 'm.h5' should hold numbers, but it holds text; check the path"
    ),
    (
      .outOfRange(file: "m.h5", path: "/x", value: .max), .badData,
      "/x in 'm.h5' should hold signed 64-bit integers, but it holds 18446744073709551615; save it as another type"
    ),
    (
      .notText(file: "m.h5", path: "attribute 'a' of /x"), .badData,
      "attribute 'a' of /x in 'm.h5' should be UTF-8 text, but its bytes are not; save it as UTF-8"
    ),
    (
      .unusableFilter(file: "m.h5", path: "/x", filter: "filter 32000 'lzf'"), .badData,
      "/x in 'm.h5' is stored with filter 32000 'lzf', which cannot be read; save it with gzip or uncompressed"
    ),
    (
      .missingRows(file: "m.h5", path: "/x", rows: 3..<9, available: 5), .badData,
      "/x in 'm.h5' has 5 rows, but rows 3 to 8 were asked for (counted from 0); ask for rows that it has"
    ),
    (
      .notWritable(file: "m.h5", path: "/x", reason: "no room"), .usage,
      "cannot write /x of 'm.h5': no room; name an output in a folder that exists and has room"
    ),
  ])
  func saysWhatToDo(error: HDF5Error, failureClass: FailureClass, sentence: String) {
    #expect(error.description == sentence)
    #expect(error.failureClass == failureClass)
  }

  @Test(arguments: [
    (HDF5ElementType.float(bits: 16), "16-bit float", true),
    (.integer(bits: 8, signed: true), "8-bit integer", true),
    (.integer(bits: 32, signed: false), "unsigned 32-bit integer", true), (.string, "text", false),
    (.boolean, "Boolean", true), (.other("compound"), "compound", false),
  ])
  func elementTypesHaveNames(type: HDF5ElementType, name: String, isNumeric: Bool) {
    #expect(type.name == name)
    #expect(type.isNumeric == isNumeric)
  }
}
