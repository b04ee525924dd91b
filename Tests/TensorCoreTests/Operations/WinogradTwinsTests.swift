import TensorCore
import Testing

/// Neighbouring outputs that read equal patches, in convolutions that Winograd's transforms compute around them.
@Suite struct WinogradTwinsTests {
  private let channels = (inputs: 33, outputs: 40)

  /// An input of even areas, stripes and, towards the end of every row, noise.
  private struct Picture {
    let window: NaiveWindow
    /// What every position looks like; positions with the same number have the same values.
    let looks: [Int]
    let input: Tensor

    init(_ item: WinogradTests.Case, channels: Int) {
      var draw = Draw(seed: item.extents.count)
      window = NaiveWindow(Window(kernel: item.kernel, padding: item.padding), over: item.extents)
      let (rows, columns) = (window.input[1], window.input[2])
      looks = (0..<window.inputPositions).map { position in
        let (row, column) = (position / columns % rows, position % columns)
        if column > columns * 2 / 3 { return 100 + position }
        return column < 6 ? 0 : row % 4 + position / columns / rows
      }
      let values = (0..<(100 + window.inputPositions)).map { _ in draw.numbers([channels]).values }
      input = Tensor(
        Shape(batch: 1, spatial: item.extents, channels: channels), looks.flatMap { values[$0] })
    }

    /// Pairs of outputs, neighbours along the two innermost axes, that read the same by every tap.
    var twins: [(Int, Int)] {
      var patches = [[Int]](
        repeating: [Int](repeating: -1, count: window.taps), count: window.outputPositions)
      window.forEachTap { output, tap, input in patches[output][tap] = looks[input] }
      let (rows, columns) = (window.output[1], window.output[2])
      var pairs: [(Int, Int)] = []
      for output in patches.indices {
        let (row, column) = (output / columns % rows, output % columns)
        for (down, right) in [(0, 1), (1, 0), (1, 1), (1, -1)]
        where row + down < rows && (0..<columns).contains(column + right) {
          let other = output + down * columns + right
          if patches[output] == patches[other] { pairs.append((output, other)) }
        }
      }
      return pairs
    }
  }

  @Test(arguments: WinogradTests.Case.all.filter { $0.channels.inputs == 33 })
  func twinsGiveEqualOutputs(_ item: WinogradTests.Case) throws {
    var draw = Draw(seed: 11)
    let picture = Picture(item, channels: channels.inputs)
    let plain = try Convolution(
      weights: draw.numbers(Shape(item.kernel + [channels.inputs, channels.outputs])),
      bias: draw.numbers([channels.outputs]), window: Window(kernel: item.kernel, padding: item.padding))
    let expected = NaiveConvolution(plain, over: item.extents)(picture.input.values)
    let twins = picture.twins
    #expect(!twins.isEmpty)
    for instructions in InstructionSet.available {
      let convolution = try plain.using(instructions)
      let found = try convolution.roundedEvenly(picture.input)
      #expect(largestError(found, expected) < 1e-4, "\(instructions)")
      let outputs = rows(of: found)
      #expect(twins.allSatisfy { outputs[$0] == outputs[$1] }, "\(instructions)")

      // Every output comes from one of two kernels, and tiles without twins from the transforms.
      let (free, direct) = (
        rows(of: try convolution.roundedFreely(picture.input)), rows(of: try convolution(picture.input))
      )
      #expect(outputs.indices.allSatisfy { outputs[$0] == free[$0] || outputs[$0] == direct[$0] })
      if instructions != .amx, item.kernel == [3, 3] {
        #expect(outputs.indices.contains { outputs[$0] == free[$0] && outputs[$0] != direct[$0] })
        #expect(!twins.allSatisfy { free[$0] == free[$1] }, "\(instructions)")
      }
    }
  }

  /// The channels of every position.
  private func rows(of tensor: Tensor) -> [[Float]] {
    let values = tensor.values
    return stride(from: 0, to: values.count, by: channels.outputs).map {
      Array(values[$0..<($0 + channels.outputs)])
    }
  }
}
