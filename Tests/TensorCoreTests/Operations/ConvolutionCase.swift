import TensorCore
import Testing

/// One random geometry of a convolution.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  let convolution: Convolution
  let input: Shape
  let seed: Int

  var testDescription: String {
    let w = convolution.window
    return
      "\(input) -> \(convolution.outputChannels), kernel \(w.kernel), stride \(w.stride), dilation \(w.dilation), "
      + "\(w.padding), \(convolution.groups) groups"
  }

  /// Channels and groups: odd counts, counts around the widths of registers, grouped, depthwise, depthwise with a multiplier.
  static let channels = [
    (1, 3, 1), (3, 25, 1), (25, 25, 1), (33, 1, 1), (1, 33, 1), (25, 33, 1), (16, 32, 1), (5, 48, 1),
    (70, 3, 1),
    (33, 2, 1), (25, 4, 1), (6, 9, 3), (34, 50, 2), (25, 25, 25), (33, 33, 33), (1, 1, 1), (3, 6, 3),
    (4, 68, 4),
  ]

  /// Ranks x strides x dilations x paddings, with random kernels, extents and channels.
  static let all: [ConvolutionCase] = {
    var cases: [ConvolutionCase] = []
    for rank in 1...3 {
      for stride in 1...3 {
        for dilation in 1...3 {
          for padding in 0..<4 {
            if let made = try? make(rank, stride, dilation, padding, seed: cases.count) { cases.append(made) }
          }
        }
      }
    }
    return cases
  }()

  private static func make(
    _ rank: Int, _ stride: Int, _ dilation: Int, _ padding: Int, seed: Int
  ) throws -> ConvolutionCase {
    var draw = Draw(seed: seed)
    let (inputs, outputs, groups) = channels[seed % channels.count]
    // One axis, the innermost more often than not, is long; the others are short to keep the work small.
    let long = draw.element(of: [rank - 1, rank - 1, 0])
    let kernel = (0..<rank).map { draw.int(1...($0 == long ? 5 : 3)) }
    let strides = (0..<rank).map { $0 == long ? stride : draw.int(1...stride) }
    let dilations = (0..<rank).map { $0 == long ? dilation : draw.int(1...dilation) }
    let reaches = (0..<rank).map { (kernel[$0] - 1) * dilations[$0] + 1 }
    let extents = (0..<rank).map { reaches[$0] + draw.int($0 == long ? 0...15 : 0...2) }
    let paddings: [Padding] = [
      .valid, .same, .causal,
      .explicit(
        (0..<rank).map { .init(low: draw.int(0...reaches[$0]), high: draw.int(0...(reaches[$0] + 1))) }),
    ]
    let convolution = try Convolution(
      weights: draw.wholeNumbers(Shape(kernel + [inputs / groups, outputs])),
      bias: seed % 3 == 0 ? nil : draw.wholeNumbers([outputs]),
      window: Window(kernel: kernel, stride: strides, dilation: dilations, padding: paddings[padding]),
      groups: groups)
    let batch = draw.element(of: [1, 1, 2])
    return ConvolutionCase(
      convolution: convolution, input: Shape(batch: batch, spatial: extents, channels: inputs), seed: seed)
  }
}
