import Datasets
import TensorCore
import Testing

@Suite struct NumericArrayTests {
  @Test(arguments: ElementKind.allCases) func everyKindConvertsToDoubles(_ kind: ElementKind) {
    let doubles = Examples.array(kind).doubles()
    switch kind {
    case .bool: #expect(doubles == [1, 0, 0, 1, 1, 0])
    case .float16, .float32, .float64: #expect(doubles[0] == 0.5 && doubles[1] == -1.25 && doubles[5] == 3)
    default: #expect(Array(doubles[2...]) == [1, 2, 3, 4])
    }
  }

  @Test func extremesConvertWithoutLoss() {
    #expect(Examples.array(.int16).doubles()[0] == -32768)
    #expect(Examples.array(.uint32).doubles()[1] == 4_294_967_295)
    #expect(Examples.array(.float16).doubles()[2] == 65504)
    #expect(Examples.array(.int64).integers()?[1] == .max)
  }

  @Test func integersRefuseWhatIsNotWhole() {
    #expect(NumericArray([2], [1.0, 2.0]).integers() == [1, 2])
    #expect(NumericArray([2], [1.0, 2.5]).integers() == nil)
    #expect(NumericArray([1], [Double.nan]).integers() == nil)
    #expect(NumericArray([1], [1e300]).integers() == nil)
    #expect(NumericArray([1], [UInt64.max]).integers() == nil)
  }

  @Test func rowsAreTakenInTheOrderAskedFor() {
    let array = NumericArray([3, 2], [0, 1, 2, 3, 4, 5] as [Float])
    #expect(array.rows([2, 0]) == NumericArray([2, 2], [4, 5, 0, 1] as [Float]))
    #expect(array.rows([]) == NumericArray([0, 2], [] as [Float]))
    #expect(array.rowCount == 3)
    #expect(NumericArray([], [7.0]).rowCount == 1)
  }

  @Test func aTensorHasTheSameShapeAndRoundedValues() {
    let tensor = NumericArray([1, 2], [0.1, 1e-60]).tensor()
    #expect(tensor == Tensor([1, 2], [0.1, 0]))
  }
}
