import TensorCore
import Testing

@Suite struct TensorTests {
  @Test func aCopyIsIndependentOfItsOriginal() {
    let original = Tensor([2, 3], [1, 2, 3, 4, 5, 6])
    var copy = original
    copy[1, 2] = 9
    #expect(original[1, 2] == 6)
    #expect(copy[1, 2] == 9)
  }

  @Test func aReshapedTensorIsIndependentToo() {
    let original = Tensor([2, 3], [1, 2, 3, 4, 5, 6])
    var reshaped = original.reshaped(to: [3, 2])
    reshaped.withMutableValues { $0[0] = -1 }
    #expect(original.values == [1, 2, 3, 4, 5, 6])
    #expect(reshaped == Tensor([3, 2], [-1, 2, 3, 4, 5, 6]))
  }

  @Test func theLastAxisRunsFastest() {
    let tensor = Tensor([2, 3, 4], (0..<24).map { Float($0) })
    #expect(tensor[1, 2, 3] == 23)
    #expect(tensor[1, 0, 2] == 14)
    #expect(tensor[0, 1, 0] == 4)
  }

  @Test func equalityTakesShapeAndValues() {
    let tensor = Tensor([2, 2], [1, 2, 3, 4])
    #expect(tensor == Tensor([2, 2], [1, 2, 3, 4]))
    #expect(tensor != Tensor([4], [1, 2, 3, 4]))
    #expect(tensor != Tensor([2, 2], [1, 2, 3, 5]))
    #expect(Tensor([1], [.nan]) != Tensor([1], [.nan]))
  }

  @Test func storageStartsAtAMultipleOfSixtyFourBytes() {
    for count in 0..<5 {
      Tensor([count]).withValues { #expect(Int(bitPattern: $0.baseAddress) % 64 == 0) }
    }
  }

  @Test func anErrorOfTheWriterIsPassedOn() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) { try Tensor([2]) { _ in throw Refusal() } }
  }

  @Test func theDescriptionShowsTheFirstElements() {
    #expect(Tensor([1, 2], [1, 2.5]).description == "Tensor(1x2: 1.0, 2.5)")
    #expect(Tensor([9]).description == "Tensor(9: 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …)")
  }

  @Test func valuesThatDoNotFillTheShapeAreADefectOfTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([2, 2], [1, 2, 3]) }
  }
}
