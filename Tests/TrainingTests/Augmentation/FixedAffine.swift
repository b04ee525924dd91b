import TensorCore
import Training

/// A map that is not drawn, as an operation.
struct FixedAffine: AugmentationOperation {
  static let id = "fixed"
  let map: AffineMap
  let fill: FillMode

  var settings: [(name: String, value: AugmentationSetting)] { [] }

  func apply(to item: AugmentedItem, random: inout AugmentationRandom) { map.resample(item, fill: fill) }
}

extension Tensor {
  /// One item that went through operations.
  func augmented(
    by operations: [any AugmentationOperation], seed: UInt32 = 0, epoch: Int = 0, item: Int = 0
  ) -> Tensor {
    Augmentation(operations)(self, items: (0..<shape.batch).map { item + $0 }, epoch: epoch, seed: seed)
  }

  /// The numbers of `0..<count` as a batch.
  static func counting(_ shape: Shape) -> Tensor { Tensor(shape, (0..<shape.count).map { Float($0) }) }
}
