/// The conventions by which networks take the values of pixels, named as `keras.applications` does.
public enum Preprocessing: String, Sendable, CaseIterable {
  /// Blue, green, red, less the means of ImageNet: `BGR - (103.939, 116.779, 123.68)`.
  case caffe
  /// From -1 to 1: `x / 127.5 - 1`.
  case tf
  /// By means and deviations of ImageNet: `(x / 255 - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)`.
  case torch
  /// From 0 to 1: `x / 255`.
  case scale
  /// From 0 to 255, as files hold them.
  case none

  /// The channels that the convention is made for, or `nil` when it fits any number.
  package var channels: Int? {
    switch self {
    case .caffe, .torch: 3
    case .tf, .scale, .none: nil
    }
  }
}

extension InputScaling {
  /// The scaling of a convention, for images and for arrays of pixels from 0 to 255 alike.
  public init(_ preprocessing: Preprocessing) {
    switch preprocessing {
    case .caffe: self.init(rescale: 1, mean: [103.939, 116.779, 123.68])
    case .tf: self.init(rescale: 1 / 127.5, mean: [1])
    case .torch: self.init(rescale: 1 / 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
    case .scale: self.init(rescale: 1 / 255)
    case .none: self.init(rescale: 1)
    }
    self.preprocessing = preprocessing
  }
}
