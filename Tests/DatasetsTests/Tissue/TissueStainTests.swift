import Datasets
import Testing

@Suite struct TissueStainTests {
  @Test func dyesMixByTheLawOfBeerAndLambert() {
    // Red: 0.5 * 0.650 + 0.2 * 0.072 = 0.3394, 240 * 10^-0.3394 = 109.853; green 0.55, 67.641; blue 0.164, 164.517.
    let stain = TissueStain(hematoxylin: 0.5, eosin: 0.2)
    for (found, expected) in zip(stain.densities, [0.3394, 0.55, 0.164]) {
      #expect(abs(found - expected) < 1e-12)
    }
    let expected = [109.85282800922074, 67.64119035034689, 164.51717434863878]
    for (found, expected) in zip(stain.intensities(white: 240), expected) {
      #expect(abs(found - expected) < 1e-9)
    }
  }

  @Test func withoutDyeThereIsWhite() {
    #expect(TissueStain(hematoxylin: 0, eosin: 0).intensities(white: 241) == [241, 241, 241])
  }

  @Test func oneUnitOfADyeHasItsOwnDensities() {
    #expect(TissueStain(hematoxylin: 1, eosin: 0).densities == [0.650, 0.704, 0.286])
    #expect(TissueStain(hematoxylin: 0, eosin: 1).densities == [0.072, 0.990, 0.105])
  }
}
