import Explainers
import Networks
import TensorCore
import TestSupport
import Testing

/// What holds for every method of the catalogue with all its settings.
@Suite struct ContractTests {
  private func explain(
    _ input: Tensor, _ network: TinyNetwork, _ test: MethodCase, in space: ScoreSpace = .logit
  ) throws -> Attribution {
    try network.model().explain(input, with: test.method(), for: Target(.top, in: space))
  }

  @Test func everyParameterIsTried() {
    for info in MethodCatalog.methods {
      for parameter in info.parameters {
        let samples = MethodCase.samples(of: parameter.name, for: info.id)
        #expect(!samples.isEmpty, "\(info.id).\(parameter.name)")
      }
    }
  }

  @Test(arguments: MethodCase.all, 1...3)
  func mapsAreWholeAndFinite(test: MethodCase, rank: Int) throws {
    let network = test.network(rank: rank)
    let random = network.input()
    let inputs = [random, Tensor(random.shape), Tensor(random.shape, repeating: 0.7), random * 1000]
    for (index, input) in inputs.enumerated() {
      for space in ScoreSpace.allCases {
        let found = try explain(input, network, test, in: space)
        #expect(found.map.shape.with(channels: 1) == input.shape.with(channels: 1))
        #expect([1, input.shape.channels].contains(found.map.shape.channels))
        #expect(found.map.indexOfFirstNonFinite == nil && found.score.isFinite, "input \(index)")
        #expect(found.input == input && found.method == test.id && found.scoreSpace == space)
        #expect(found.output.shape == [1, 3] && found.target == found.output.indexOfMaximum)
        #expect(
          found.map.minimum >= 0 || found.preset != .nonNegative
            || found.parameters.contains(.init("upsample", "cubic-spline")))
      }
    }
  }

  /// Explaining a network equals explaining the same network with more axes of extent one.
  @Test(arguments: MethodCase.all, ScoreSpace.allCases)
  func embeddingLaw(test: MethodCase, space: ScoreSpace) throws {
    for rank in 1...2 {
      let plain = test.network(rank: rank)
      var embedded = plain
      embedded.leadingAxes = 1
      let input = plain.input()
      let expected = try explain(input, plain, test, in: space)
      let found = try explain(input.embedded(1), embedded, test, in: space)
      #expect(found.map.shape == expected.map.embedded(1).shape)
      #expect(found.map.distance(to: expected.map.embedded(1)) <= 1e-6)
      #expect(abs(found.score - expected.score) <= 1e-6 * max(abs(expected.score), 1e-3))
      if let gap = expected.completenessGap {
        #expect(abs(try #require(found.completenessGap) - gap) <= 1e-6 * max(abs(expected.score), 1))
      }
      if let layerMap = expected.layerMap {
        #expect(try #require(found.layerMap).distance(to: layerMap.embedded(1)) <= 1e-6)
      }
    }
  }

  @Test(arguments: MethodCase.all)
  func sameBytesEveryTimeAndInAnyOrder(test: MethodCase) throws {
    let network = test.network(rank: 2)
    let model = try network.model()
    let method = try test.method()
    let items = (0..<3).map { network.input(seed: UInt32($0)) }
    let first = try items.map { try model.explain($0, with: method).map.bits }
    let reversed = try items.reversed().map { try model.explain($0, with: test.method()).map.bits }
    #expect(first == reversed.reversed())
    #expect(Set(first).count == 3)
  }

  @Test(arguments: MethodCase.all)
  func aClassThatIsNotThere(test: MethodCase) throws {
    let network = test.network(rank: 1)
    let model = try network.model()
    let method = try test.method()
    #expect(throws: ExplanationError.model(.noSuchClass(index: 3, classes: 3))) {
      try model.explain(network.input(), with: method, for: .index(3))
    }
  }

  @Test(arguments: MethodCase.all)
  func resolvedParametersAreListedAndRepeatTheMap(test: MethodCase) throws {
    let network = test.network(rank: 1)
    let found = try explain(network.input(), network, test)
    let values = Dictionary(uniqueKeysWithValues: found.parameters.map { ($0.name, $0.value) })
    let info = try #require(MethodCatalog.methods.first { $0.id == test.id })
    #expect(Set(values.keys).isSubset(of: info.parameters.map(\.name)))
    for (name, value) in test.values { #expect(values[name] == value) }
    let again = try explain(network.input(), network, MethodCase(id: test.id, values: values))
    #expect(again.map.bits == found.map.bits)
  }
}

/// Apart from the others because it sets the number of threads of the whole process.
@Suite(.serialized) struct ThreadIndependenceTests {
  @Test(arguments: MethodCase.all)
  func sameBytesForAnyNumberOfThreads(test: MethodCase) throws {
    let network = test.network(rank: 3)
    let model = try network.model()
    let method = try test.method()
    let before = Threads.count
    defer { Threads.count = before }
    let maps = try [1, 2, 3].map { count in
      Threads.count = count
      return try model.explain(network.input(), with: method, for: Target(.top, in: .probability)).map.bits
    }
    #expect(maps[0] == maps[1] && maps[0] == maps[2])
  }
}
