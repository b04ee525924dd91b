import Foundation
import TensorCore
import Testing

@Suite struct CorrectlyRoundedLogarithmTests {
  /// Arguments at which glibc 2.36 rounds to the wrong side, with the results of Python's `decimal` at 60 digits.
  static let hard: [(argument: Double, result: Double)] = [
    (0x1.6c2153e00d1a2p-1, -0x1.5cfe207ddd216p-2),
    (0x1.23d6f3e37b4f2p-1, -0x1.1fce343a64daap-1),
    (0x1.6fb26c8d32340p-1, -0x1.5302d44a4ea57p-2),
    (0x1.cbdef14d58d30p-1, -0x1.b7d2ee3d26a1dp-4),
    (0x1.ae1f877286b54p-2, -0x1.bc1be1a2c7910p-1),
    (0x1.35924255deb88p-4, -0x1.4a91e78895f93p+1),
    (0x1.6abefddc57f44p-1, -0x1.60e47b885dc68p-2),
    (0x1.a3f1341c31b45p-1, -0x1.95edd58dc799dp-3),
    (0x1.8761e3113b17dp-1, -0x1.1316432e538bfp-2),
    (0x1.513b01b8cd9fap-1, -0x1.ab9450d1926c8p-2),
    (0x1.be80760dc53a8p-1, -0x1.18552a5f68855p-3),
  ]

  @Test(arguments: hard) func hardArgumentsRoundToTheNearest(_ argument: Double, _ result: Double) {
    #expect(correctlyRoundedLogarithm(argument) == result)
  }

  @Test func oneGivesZeroAndTwoItsConstant() {
    #expect(correctlyRoundedLogarithm(1) == 0)
    #expect(correctlyRoundedLogarithm(2) == 0x1.62e42fefa39efp-1)
    #expect(correctlyRoundedLogarithm(0.5) == -0x1.62e42fefa39efp-1)
  }

  /// A library's logarithm is within one unit in the last place of the exact value, hence of ours.
  @Test func itStaysWithinOneUnitOfTheLibrary() {
    var random = NumPyLegacyRandom(seed: 1)
    for _ in 0..<2_000 {
      let argument = Foundation.exp((random.uniform() - 0.5) * 1_400)
      let library = Foundation.log(argument)
      #expect(abs(correctlyRoundedLogarithm(argument) - library) <= library.ulp)
    }
  }
}
