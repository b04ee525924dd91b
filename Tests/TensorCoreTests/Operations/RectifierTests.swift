import TensorCore
import Testing

@Suite struct RectifierTests {
  @Test func resultsLieBetweenZeroAndTheCeiling() {
    let input = Tensor([2, 3], [-1, 0, 0.5, 6, 6.5, .infinity])
    #expect(Rectifier()(input).values == [0, 0, 0.5, 6, 6.5, .infinity])
    #expect(Rectifier(ceiling: 6)(input).values == [0, 0, 0.5, 6, 6, 6])
  }

  /// It is open where its result is above zero and below its ceiling; what is not a number stops the way back.
  @Test func theCotangentPassesWhereItIsOpen() {
    let result = Tensor([3, 3], [0, 0.5, 5.9, 6, 7, .nan, 1e-38, -2, 3])
    let cotangent = Tensor([3, 3], [1, 2, -3, 4, 5, 6, 7, 8, .infinity])
    #expect(
      Rectifier(ceiling: 6).pullback(cotangent, at: result).values == [0, 2, -3, 0, 0, 0, 7, 0, .infinity])
    #expect(Rectifier().pullback(cotangent, at: result).values == [0, 2, -3, 4, 5, 0, 7, 0, .infinity])
  }
}
