import Boundary
import Datasets
import HDF5Files
import Testing

/// Every case with its exact sentence and the class that decides the exit code.
@Suite struct DatasetErrorTests {
  private static let location = ArrayLocation(file: "a.npz", name: "x")
  private static let cell = TableCell(line: 7, column: 3, title: "t2")
  private static let entries = [
    ArrayEntry(name: "x", shape: [4000, 40], kind: .float64),
    ArrayEntry(name: "n", shape: [], kind: .int64),
  ]

  @Test(arguments: files + arrays + archives + tables + pickles + choices)
  func everySentenceIsAsWritten(_ error: DatasetError, _ failureClass: FailureClass, _ sentence: String) {
    #expect(error.description == sentence)
    #expect(error.failureClass == failureClass)
  }

  static let files: [(DatasetError, FailureClass, String)] = [
    (
      .unreadableFile(file: "a.npy", reason: "Permission denied"), .missingFile,
      "'a.npy' cannot be read: Permission denied; check the path"
    ),
    (
      .unknownFormat(file: "a.txt"), .usage,
      "'a.txt' has no known array format: its name should end in .npy, .npz, .csv, .pkl, .pickle, .h5, .hdf5; "
        + "rename or convert it"
    ),
    (
      .noArrays(file: "a.pkl", refused: ["names", "dates"]), .badData,
      "'a.pkl' holds no array of numbers, only 'names', 'dates'; name a file with at least one"
    ),
    (
      .noArrays(file: "a.npz", refused: []), .badData,
      "'a.npz' holds no array of numbers; name a file with at least one"
    ),
    (
      .missingArray(name: "z", file: "a.npz", available: entries), .usage,
      "'a.npz' has no array 'z': it holds 'x' (4000x40 float64), 'n' (scalar int64); choose one of these keys"
    ),
    (
      .missingArray(
        name: "z", file: "a.npz",
        available: (0..<14).map { ArrayEntry(name: "\($0)", shape: [1], kind: .bool) }), .usage,
      "'a.npz' has no array 'z': it holds '0' (1 bool), '1' (1 bool), '2' (1 bool), '3' (1 bool), '4' (1 bool), "
        + "'5' (1 bool), '6' (1 bool), '7' (1 bool), '8' (1 bool), '9' (1 bool), '10' (1 bool), '11' (1 bool) "
        + "and 2 more; choose one of these keys"
    ),
    (
      .ambiguousArray(file: "a.npz", available: entries), .usage,
      "'a.npz' holds several arrays: 'x' (4000x40 float64), 'n' (scalar int64); choose one of these keys"
    ),
    (
      .duplicateArray(name: "x", file: "a.npz"), .badData,
      "'a.npz' holds more than one array 'x'; save it again with a name for each"
    ),
    (
      .hdf5(.missingFile(file: "a.h5")), .missingFile, "'a.h5' does not exist; check the path"
    ),
  ]

  static let arrays: [(DatasetError, FailureClass, String)] = [
    (
      .array(.noMagic, at: ArrayLocation(file: "a.npy")), .badData,
      "'a.npy' is not an .npy file: it does not begin with '\\x93NUMPY'; save it with numpy.save"
    ),
    (
      .array(.version(major: 4, minor: 0), at: location), .badData,
      "'x' of 'a.npz' has .npy format version 4.0, but only 1.0, 2.0 and 3.0 are known; save it with numpy.save"
    ),
    (
      .array(.header("it ends before its version"), at: location), .badData,
      "'x' of 'a.npz' has a header that cannot be understood: it ends before its version; the file is damaged"
    ),
    (
      .array(.unreadableType("<c16"), at: location), .badData,
      "'x' of 'a.npz' holds elements of type '<c16', but only booleans, integers and floating-point numbers of up "
        + "to 64 bits are read; convert it to one of these"
    ),
    (
      .array(.tooLarge(extents: [9, 8]), at: location), .badData,
      "'x' of 'a.npz' claims the shape [9, 8], more than 4 GiB; the file is damaged"
    ),
    (
      .array(.byteCount(extents: [2, 3], kind: .float64, expected: 48, found: 40), at: location), .badData,
      "'x' of 'a.npz' should hold 48 bytes for 2x3 of float64, but it holds 40; copy or save the file again"
    ),
    (
      .array(.notBytes, at: location), .badData,
      "'x' of 'a.npz' holds its elements as text with characters beyond U+00FF; the file is damaged"
    ),
  ]

  static let archives: [(DatasetError, FailureClass, String)] = [
    (
      .archive(.noDirectory, file: "a.npz"), .badData,
      "'a.npz' is not a whole zip archive: there is no directory at its end; copy or save the file again"
    ),
    (
      .archive(.directory("its record 2 of 3 is cut short"), file: "a.npz"), .badData,
      "'a.npz' has a damaged zip directory: its record 2 of 3 is cut short; copy or save the file again"
    ),
    (
      .archive(.extended, file: "a.npz"), .badData,
      "'a.npz' uses the ZIP64 extension, which is not read; save parts of less than 4 GiB"
    ),
    (
      .archive(.severalVolumes, file: "a.npz"), .badData,
      "'a.npz' is one volume of a split zip archive, which is not read; join the volumes"
    ),
    (
      .archive(.encrypted(entry: "x.npy"), file: "a.npz"), .badData,
      "'x.npy' in 'a.npz' is encrypted; save it without a password"
    ),
    (
      .archive(.method(entry: "x.npy", number: 12), file: "a.npz"), .badData,
      "'x.npy' in 'a.npz' is compressed by zip method 12, but only 0 (stored) and 8 (deflated) are read; "
        + "save it without another compression"
    ),
    (
      .archive(.impossibleSize(entry: "x.npy", count: 99999, compressed: 9), file: "a.npz"), .badData,
      "'x.npy' in 'a.npz' claims 99999 bytes out of 9, more than deflate can hold; the file is damaged"
    ),
    (
      .archive(.damaged(entry: "x.npy"), file: "a.npz"), .badData,
      "'x.npy' in 'a.npz' cannot be unpacked to the size it claims; copy or save the file again"
    ),
    (
      .archive(.checksum(entry: "x.npy", expected: 0xabc, found: 0xdef), file: "a.npz"), .badData,
      "'x.npy' in 'a.npz' should have the checksum abc, but it has def; copy or save the file again"
    ),
  ]

  static let tables: [(DatasetError, FailureClass, String)] = [
    (
      .table(.empty, file: "a.csv"), .badData,
      "'a.csv' holds no row of numbers; each row should be one signal"
    ),
    (
      .table(.ragged(line: 7, expected: 40, found: 39), file: "a.csv"), .badData,
      "'a.csv', line 7: expected 40 cells as in the first row, found 39; all signals must have one length"
    ),
    (
      .table(.word("high", at: cell), file: "a.csv"), .badData,
      "'a.csv', line 7, column 3 ('t2'): expected a number, found 'high'; skip the column, choose it as the label "
        + "column, or write numbers with a decimal point"
    ),
    (
      .table(.emptyCell(at: TableCell(line: 7, column: 3, title: nil)), file: "a.csv"), .badData,
      "'a.csv', line 7, column 3: expected a number, found an empty cell; fill it in"
    ),
    (
      .table(.notFinite("nan", at: cell), file: "a.csv"), .badData,
      "'a.csv', line 7, column 3 ('t2'): expected a finite number, found 'nan'; replace it"
    ),
    (
      .table(.label("0.5", at: cell), file: "a.csv"), .badData,
      "'a.csv', line 7, column 3 ('t2'): expected a label that is a whole number, found '0.5'; "
        + "number the classes from 0"
    ),
    (
      .table(.openQuote(line: 7), file: "a.csv"), .badData,
      "'a.csv', line 7: a quote is opened and never closed; close it"
    ),
    (
      .table(.notText(line: 7), file: "a.csv"), .badData,
      "'a.csv', line 7: the text is not UTF-8; save it as UTF-8"
    ),
    (
      .table(.noLabelColumn("class", columns: ["a", "b"]), file: "a.csv"), .usage,
      "'a.csv' has no label column 'class': its columns are 'a', 'b'; choose one of them"
    ),
    (
      .table(.noLabelColumn("class", columns: []), file: "a.csv"), .usage,
      "'a.csv' has no titles, so there is no label column 'class'; give its number, counting from 0"
    ),
    (
      .table(.skipped(9, columns: 4), file: "a.csv"), .usage,
      "'a.csv' has 4 columns, so skipping 9 leaves no signal; skip from 0 to fewer than all"
    ),
  ]

  static let pickles: [(DatasetError, FailureClass, String)] = [
    (
      .pickle(.noProtocol, file: "a.pkl"), .badData,
      "'a.pkl' is not a pickle of protocol 2 to 5: it does not begin with its version; save it with pickle.dump and "
        + "protocol=4"
    ),
    (
      .pickle(.version(9), file: "a.pkl"), .badData,
      "'a.pkl' is a pickle of protocol 9, but only 2 to 5 are read; save it with protocol=4"
    ),
    (
      .pickle(.cutShort(offset: 12), file: "a.pkl"), .badData,
      "'a.pkl' ends within the instruction at byte 12; copy or save the file again"
    ),
    (
      .pickle(.trailing(byteCount: 3), file: "a.pkl"), .badData,
      "'a.pkl' holds 3 bytes after the end of its pickle; save one pickle in each file"
    ),
    (
      .pickle(.forbidden("posix.system"), file: "a.pkl"), .badData,
      "'a.pkl' asks for 'posix.system', which is refused: only dictionaries, lists, tuples, text, numbers and NumPy "
        + "arrays are read and nothing is executed; save plain NumPy arrays"
    ),
    (
      .pickle(.instruction("PERSID", offset: 2), file: "a.pkl"), .badData,
      "'a.pkl' holds the pickle instruction PERSID at byte 2, which is not carried out; save plain dictionaries, "
        + "lists and NumPy arrays with protocol=4"
    ),
    (
      .pickle(.malformed("it fetches a value that it never stored", offset: 2), file: "a.pkl"), .badData,
      "'a.pkl' is a damaged pickle: at byte 2 it fetches a value that it never stored; copy or save the file again"
    ),
    (
      .pickle(.key("tuple"), file: "a.pkl"), .badData,
      "'a.pkl' holds a dictionary with a key of type tuple, but keys must be text of up to 256 bytes or integers; "
        + "rename the keys"
    ),
    (
      .pickle(.tooDeep(32), file: "a.pkl"), .badData,
      "'a.pkl' nests its containers more than 32 deep, or one contains itself; save flat dictionaries"
    ),
    (
      .pickle(.tooLarge, file: "a.pkl"), .badData,
      "'a.pkl' unfolds to more values than its size allows; save NumPy arrays instead of lists"
    ),
  ]

  static let choices: [(DatasetError, FailureClass, String)] = [
    (
      .labels(.count(items: 2, shape: [3, 10]), at: location), .badData,
      "'x' of 'a.npz' cannot label 2 items: expected one number for each, found the shape 3x10; "
        + "choose another labels key"
    ),
    (
      .labels(.notWhole(.float32), at: location), .badData,
      "'x' of 'a.npz' cannot serve as labels: expected whole numbers, found float32 with fractions; "
        + "choose another labels key"
    ),
    (
      .items(.malformed(part: "a"), text: "0,a"), .usage,
      "the items '0,a' contain 'a', which is neither a number nor a range; write for example 0-9,12"
    ),
    (
      .items(.reversed(part: "9-3"), text: "9-3"), .usage,
      "the items '9-3' contain '9-3', which ends before it begins; write the smaller number first"
    ),
    (
      .items(.outside(item: 20, count: 20), text: "20"), .usage,
      "the items '20' ask for item 20, but there are 20: choose from 0 to 19"
    ),
    (
      .items(.outside(item: 0, count: 0), text: "0"), .usage,
      "the items '0' ask for item 0, but there are 0: there is nothing to choose"
    ),
    (
      .folder(.unreadable("Permission denied"), path: "tiles"), .missingFile,
      "the folder 'tiles' cannot be read: Permission denied; check the path"
    ),
    (
      .folder(.noImages, path: "tiles"), .badData,
      "the folder 'tiles' holds no image: expected files ending in .png, .tif, .tiff, .jpg, .jpeg, in one folder for "
        + "each class or directly"
    ),
    (
      .folder(.mixed(image: "a.png", folder: "b"), path: "tiles"), .badData,
      "the folder 'tiles' holds both images ('a.png') and folders ('b'); keep either one folder for each class or "
        + "images alone"
    ),
    (
      .option(name: "samples", expected: "a whole number from 10 to 10000000", found: "0"), .usage,
      "the option 'samples' should be a whole number from 10 to 10000000, but it is 0"
    ),
  ]
}
