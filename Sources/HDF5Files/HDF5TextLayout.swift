/// How text is laid out in a file.
public enum HDF5TextLayout: Sendable, Equatable {
  /// Each text with a length of its own, UTF-8: what h5py writes for `str`, without limit of size.
  case variable
  /// All texts as long as the longest, filled up with zero bytes: what h5py writes for arrays of `bytes`, and Keras 2
  /// for lists of names.
  case fixed
}
