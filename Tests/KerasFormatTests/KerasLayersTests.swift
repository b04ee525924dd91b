import Foundation
import KerasFormat
import Testing

@Suite struct KerasLayersTests {
  @Test func theListingFoldsRanks() {
    let names = KerasLayers.classListing.components(separatedBy: ", ")
    for name in ["Conv1D-3D", "Conv1D-3DTranspose", "SeparableConv1D-2D", "Dense", "PReLU", "Random..."] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(!names.contains("RandomFlip") && !names.contains("Conv2D"))
  }
}
