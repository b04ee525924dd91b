import TensorCore
import Testing

@Suite struct InstructionSetTests {
  @Test func thePortableSetIsAlwaysThere() {
    #expect(InstructionSet.available.first == .portable)
    #expect(InstructionSet.available.contains(.selected))
  }

  @Test func namesAreThoseOfTheEnvironmentVariable() {
    #expect(InstructionSet.variable == "LENS_ISA")
    #expect(InstructionSet.all.map(\.name) == ["portable", "avx2", "avx512", "amx"])
  }

  @Test func onlyAvailableSetsAreFoundByName() {
    #expect(InstructionSet.named("portable") == .portable)
    #expect(InstructionSet.named("mmx") == nil)
    #expect(InstructionSet.named(nil) == nil)
    for instructions in InstructionSet.all {
      #expect(
        (InstructionSet.named(instructions.name) != nil)
          == InstructionSet.available.contains(instructions))
    }
  }

  @Test func theEmulationCanNeitherBeChosenNorIsItAvailable() {
    #expect(InstructionSet.named(InstructionSet.amxEmulated.name) == nil)
    #expect(!InstructionSet.all.contains(.amxEmulated))
    #expect(!InstructionSet.available.contains(.amxEmulated))
  }

  /// The test process runs with whatever `LENS_ISA` says; a name that means nothing must not stop it.
  @Test func aRefusedRequestLeavesTheMostCapableSet() {
    if InstructionSet.refusedRequest != nil {
      #expect(InstructionSet.selected == InstructionSet.available.last)
    }
  }

  /// The same products summed in another order: a few units in the last place of sums of about ten.
  @Test func setsDifferByRoundingOnly() throws {
    var draw = Draw(seed: 6)
    let weights = draw.numbers([3, 33, 25])
    let input = draw.numbers([1, 40, 33])
    let outputs = try InstructionSet.tested.map { instructions in
      try Convolution(
        weights: weights, window: Window(kernel: [3], padding: .same), instructions: instructions)(input)
    }
    for output in outputs { #expect(largestError(output, outputs[0].values.map { Double($0) }) < 1e-5) }
  }
}
