import TensorCore

extension DatasetError {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .unreadableFile(let file, let reason): "'\(file)' cannot be read: \(reason); check the path"
    case .unknownFormat(let file):
      "'\(file)' has no known array format: its name should end in "
        + "\(ArrayFile.extensions.map { ".\($0)" }.joined(separator: ", ")); rename or convert it"
    case .noArrays(let file, let refused):
      "'\(file)' holds no array of numbers"
        + (refused.isEmpty ? "" : ", only \(Self.listed(refused.map { "'\($0)'" }))")
        + "; name a file with at least one"
    case .missingArray(let name, let file, let available):
      "'\(file)' has no array '\(name)': it holds \(Self.listed(available)); choose one of these keys"
    case .ambiguousArray(let file, let available):
      "'\(file)' holds several arrays: \(Self.listed(available)); choose one of these keys"
    case .duplicateArray(let name, let file):
      "'\(file)' holds more than one array '\(name)'; save it again with a name for each"
    case .array(let problem, let location): problem.sentence(at: location)
    case .archive(let problem, let file): problem.sentence(file: file)
    case .table(let problem, let file): problem.sentence(file: file)
    case .pickle(let problem, let file): problem.sentence(file: file)
    case .hdf5(let error): error.description
    case .labels(let problem, let location): problem.sentence(at: location)
    case .items(let problem, let text): problem.sentence(text: text)
    case .folder(let problem, let path): problem.sentence(path: path)
    case .option(let name, let expected, let found):
      "the option '\(name)' should be \(expected), but it is \(found)"
    }
  }

  /// The first few of a list, and how many more there are.
  fileprivate static func listed(_ items: [some CustomStringConvertible]) -> String {
    let shown = items.prefix(12).map(\.description).joined(separator: ", ")
    return shown + (items.count > 12 ? " and \(items.count - 12) more" : "")
  }
}

extension ArrayProblem {
  fileprivate func sentence(at location: ArrayLocation) -> String {
    switch self {
    case .noMagic:
      "\(location) is not an .npy file: it does not begin with '\\x93NUMPY'; save it with numpy.save"
    case .version(let major, let minor):
      "\(location) has .npy format version \(major).\(minor), but only 1.0, 2.0 and 3.0 are known; "
        + "save it with numpy.save"
    case .header(let what):
      "\(location) has a header that cannot be understood: \(what); the file is damaged"
    case .unreadableType(let type):
      "\(location) holds elements of type '\(type)', but only booleans, integers and floating-point numbers of "
        + "up to 64 bits are read; convert it to one of these"
    case .tooLarge(let extents):
      "\(location) claims the shape \(extents), more than \(ArrayFile.mostBytes >> 30) GiB; the file is damaged"
    case .byteCount(let extents, let kind, let expected, let found):
      "\(location) should hold \(expected) bytes for \(Shape(extents)) of \(kind), but it holds \(found); "
        + "copy or save the file again"
    case .notBytes:
      "\(location) holds its elements as text with characters beyond U+00FF; the file is damaged"
    }
  }
}

extension TableProblem {
  fileprivate func sentence(file: String) -> String {
    switch self {
    case .empty: "'\(file)' holds no row of numbers; each row should be one signal"
    case .ragged(let line, let expected, let found):
      "'\(file)', line \(line): expected \(expected) cells as in the first row, found \(found); "
        + "all signals must have one length"
    case .word(let text, let cell):
      "'\(file)', \(cell): expected a number, found '\(text.prefix(40))'; skip the column, choose it as the label "
        + "column, or write numbers with a decimal point"
    case .emptyCell(let cell): "'\(file)', \(cell): expected a number, found an empty cell; fill it in"
    case .notFinite(let text, let cell):
      "'\(file)', \(cell): expected a finite number, found '\(text.prefix(40))'; replace it"
    case .label(let text, let cell):
      "'\(file)', \(cell): expected a label that is a whole number, found '\(text.prefix(40))'; "
        + "number the classes from 0"
    case .openQuote(let line): "'\(file)', line \(line): a quote is opened and never closed; close it"
    case .notText(let line): "'\(file)', line \(line): the text is not UTF-8; save it as UTF-8"
    case .noLabelColumn(let name, let columns):
      columns.isEmpty
        ? "'\(file)' has no titles, so there is no label column '\(name)'; give its number, counting from 0"
        : "'\(file)' has no label column '\(name)': its columns are "
          + "\(DatasetError.listed(columns.map { "'\($0)'" })); choose one of them"
    case .skipped(let skipped, let columns):
      "'\(file)' has \(columns) columns, so skipping \(skipped) leaves no signal; skip from 0 to fewer than all"
    }
  }
}

extension PickleProblem {
  fileprivate func sentence(file: String) -> String {
    switch self {
    case .noProtocol:
      "'\(file)' is not a pickle of protocol 2 to 5: it does not begin with its version; save it with "
        + "pickle.dump and protocol=4"
    case .version(let version):
      "'\(file)' is a pickle of protocol \(version), but only 2 to 5 are read; save it with protocol=4"
    case .cutShort(let offset):
      "'\(file)' ends within the instruction at byte \(offset); copy or save the file again"
    case .trailing(let byteCount):
      "'\(file)' holds \(byteCount) bytes after the end of its pickle; save one pickle in each file"
    case .forbidden(let name):
      "'\(file)' asks for '\(name)', which is refused: only dictionaries, lists, tuples, text, numbers and NumPy "
        + "arrays are read and nothing is executed; save plain NumPy arrays"
    case .instruction(let name, let offset):
      "'\(file)' holds the pickle instruction \(name) at byte \(offset), which is not carried out; save plain "
        + "dictionaries, lists and NumPy arrays with protocol=4"
    case .malformed(let what, let offset):
      "'\(file)' is a damaged pickle: at byte \(offset) \(what); copy or save the file again"
    case .key(let type):
      "'\(file)' holds a dictionary with a key of type \(type), but keys must be text of up to 256 bytes or "
        + "integers; rename the keys"
    case .tooDeep(let limit):
      "'\(file)' nests its containers more than \(limit) deep, or one contains itself; save flat dictionaries"
    case .tooLarge:
      "'\(file)' unfolds to more values than its size allows; save NumPy arrays instead of lists"
    }
  }
}

extension LabelProblem {
  fileprivate func sentence(at location: ArrayLocation) -> String {
    switch self {
    case .count(let items, let shape):
      "\(location) cannot label \(items) items: expected one number for each, found the shape \(Shape(shape)); "
        + "choose another labels key"
    case .notWhole(let kind):
      "\(location) cannot serve as labels: expected whole numbers, found \(kind) with fractions; "
        + "choose another labels key"
    }
  }
}

extension ItemProblem {
  fileprivate func sentence(text: String) -> String {
    switch self {
    case .malformed(let part):
      "the items '\(text)' contain '\(part)', which is neither a number nor a range; write for example 0-9,12"
    case .reversed(let part):
      "the items '\(text)' contain '\(part)', which ends before it begins; write the smaller number first"
    case .outside(let item, let count):
      "the items '\(text)' ask for item \(item), but there are \(count): "
        + (count == 0 ? "there is nothing to choose" : "choose from 0 to \(count - 1)")
    }
  }
}

extension FolderProblem {
  fileprivate func sentence(path: String) -> String {
    switch self {
    case .unreadable(let reason): "the folder '\(path)' cannot be read: \(reason); check the path"
    case .noImages:
      "the folder '\(path)' holds no image: expected files ending in "
        + "\(ImageFolder.extensions.map { ".\($0)" }.joined(separator: ", ")), in one folder for each class or directly"
    case .mixed(let image, let folder):
      "the folder '\(path)' holds both images ('\(image)') and folders ('\(folder)'); keep either one folder for "
        + "each class or images alone"
    }
  }
}
