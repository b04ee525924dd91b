import Boundary
import Datasets
import Images
import Testing

@Suite struct InputErrorTests {
  @Test(arguments: [
    (
      InputError.missing(path: "a.npy"), FailureClass.missingFile,
      "there is no file or folder 'a.npy'; check the path"
    ),
    (
      .unknownFormat(path: "a.doc"), .badData,
      "'a.doc' is neither an array (npy, npz, csv, pkl, pickle, h5, hdf5) nor an image (png, tif, tiff, jpg, jpeg) by its "
        + "ending; convert it or name another file"
    ),
    (
      .itemShape(location: ArrayLocation(file: "a.h5", name: "x"), expected: [1, 40, 1], found: [7, 39]),
      .badData,
      "the model takes items of 40x1, but 'x' of 'a.h5' has shape 7x39; choose another data set with --key, or a model "
        + "that fits"
    ),
    (
      .notAnImageModel(path: "a.png", expected: [1, 40, 1]), .badData,
      "the model takes items of 40x1, which are no images, but 'a.png' is an image; give an array"
    ),
    (.noItems(path: "a.npy"), .badData, "'a.npy' has no items"),
    (
      .notFinite(item: "x-3", index: 5), .badData,
      "value 5 of item 'x-3' is not a finite number; remove or fill such values first"
    ),
    (
      .channelCount(option: "std", expected: 3, found: 2), .usage,
      "--std has 2 numbers, but the input has 3 channels; give one number, or one per channel"
    ),
    (
      .preprocessingChannels(.caffe, expected: 3, found: 1), .usage,
      "--preprocess caffe is for inputs of 3 channels, but the model's input has 1; choose tf, scale or none, or give "
        + "--rescale, --mean and --std"
    ),
    (
      .openShape(
        path: "a.npz", extents: [nil, 3], found: [ArrayEntry(name: "x", shape: [2, 5], kind: .float32)]),
      .badData,
      "the model takes items of ?x3, and 'a.npz' does not say which extents to take (found 'x' (2x5 float32)); choose an "
        + "array with --key, or give --input-shape"
    ),
  ])
  func everyFactHasItsSentence(error: InputError, failureClass: FailureClass, sentence: String) {
    #expect(error.description == sentence)
    #expect(error.failureClass == failureClass)
  }

  @Test func errorsOfFilesKeepTheirSentence() {
    let dataset = DatasetError.unknownFormat(file: "a.txt")
    #expect(InputError.dataset(dataset).description == dataset.description)
    #expect(InputError.dataset(dataset).failureClass == dataset.failureClass)
    let image = ImageError.missing(path: "a.png")
    #expect(InputError.image(image).description == image.description)
    #expect(InputError.image(image).failureClass == image.failureClass)
  }
}
