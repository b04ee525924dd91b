import Datasets
import Testing

@Suite struct NumPyArithmeticTests {
  @Test func equallySpacedNumbersEndExactly() {
    #expect(NumPyArithmetic.linspace(-0.5, 0.5, 5) == [-0.5, -0.25, 0, 0.25, 0.5])
    #expect(NumPyArithmetic.linspace(0, 1, 50).last == 1)
    #expect(NumPyArithmetic.linspace(3, 4, 1) == [3])
  }

  /// Three nodes at 0, 1/2, 1 seen at 0, 1/4, 1/2, 3/4, 1.
  @Test func resamplingDrawsStraightLines() {
    #expect(NumPyArithmetic.resample([0, 2, 1], to: 5) == [0, 1, 2, 1.5, 1])
    #expect(NumPyArithmetic.resample([4, 2, 1], to: 1) == [4])
    #expect(NumPyArithmetic.resample([5], to: 3) == [5, 5, 5])
  }

  /// Values at which the order of additions shows; sums as `repr(numpy.sum(values))`.
  @Test(arguments: [
    (7, 0.5203663441821337), (12, 0.6697774861454578), (129, 1.4186534875753678), (1000, 2.0972069184487383),
  ])
  func sumsRunInNumPysOrder(_ count: Int, _ expected: Double) {
    let values = (0..<count).map { 1 / Double(3 * $0 + 7) }
    #expect(values.withUnsafeBufferPointer { NumPyArithmetic.sum($0) } == expected)
  }

  /// 1, 2, 3, 4: mean 2.5, squares of the differences 2.25 + 0.25 + 0.25 + 2.25 = 5, over 4.
  @Test func momentsAreThoseOfThePopulation() {
    #expect(NumPyArithmetic.mean([1, 2, 3, 4]) == 2.5)
    #expect(NumPyArithmetic.deviation([1, 2, 3, 4]) == 1.25.squareRoot())
  }
}
