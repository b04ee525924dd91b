import Networks

extension Model {
  /// An estimate of the most bytes that one Grad-CAM map takes at a time, or `nil` for a model without feature maps.
  ///
  /// Counted are the values and cotangents of the pass; weights are not.
  public var gradCAMBytes: Int? { defaultFeatureMaps.map { passBytes(to: $0) } }

  /// An estimate of the most bytes that integrated gradients of one item take at a time.
  ///
  /// Counted are the values and cotangents of one batch of points of the path; weights are not, and every thread has a batch of its own.
  public var integratedGradientsBytes: Int { passBytes() * streamingBatch }
}
