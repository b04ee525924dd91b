import TensorCore

/// The pointers that a step works on, one element of each belonging to one parameter.
struct StepMemory: @unchecked Sendable {
  let parameter: UnsafeMutablePointer<Float>
  let gradient: UnsafePointer<Float>
  let first: UnsafeMutablePointer<Float>
  let second: UnsafeMutablePointer<Float>
}

/// What an optimizer does to a run of parameters, each for itself.
protocol ElementStep: Sendable {
  /// Changes the elements of a range.
  func callAsFunction(_ memory: StepMemory, over range: Range<Int>)
}

/// Descent along the gradient.
struct PlainStep: ElementStep {
  let rate: Float

  func callAsFunction(_ memory: StepMemory, over range: Range<Int>) {
    let (parameter, gradient) = (memory.parameter, memory.gradient)
    for index in range { parameter[index] -= gradient[index] * rate }
  }
}

/// Descent with momentum; `first` is the velocity.
struct MomentumStep: ElementStep {
  let rate: Float
  let momentum: Float
  let isNesterov: Bool

  func callAsFunction(_ memory: StepMemory, over range: Range<Int>) {
    let (parameter, gradient, velocity) = (memory.parameter, memory.gradient, memory.first)
    for index in range {
      let descent = gradient[index] * rate
      velocity[index] = velocity[index] * momentum - descent
      parameter[index] += isNesterov ? velocity[index] * momentum - descent : velocity[index]
    }
  }
}

/// Adam; `first` and `second` are the moments, and the factors are one less the betas.
struct AdamStep: ElementStep {
  let rate: Float
  let first: Float
  let second: Float
  let epsilon: Float

  func callAsFunction(_ memory: StepMemory, over range: Range<Int>) {
    let (parameter, gradient) = (memory.parameter, memory.gradient)
    let (mean, square) = (memory.first, memory.second)
    for index in range {
      let value = gradient[index]
      mean[index] += (value - mean[index]) * first
      square[index] += (value * value - square[index]) * second
      parameter[index] -= mean[index] * rate / (square[index].squareRoot() + epsilon)
    }
  }
}

extension Tensor {
  /// The elements that one task changes: enough to be worth a thread.
  private static let run = 1 << 16

  /// Makes a step that remembers nothing.
  mutating func update(with gradient: Tensor, by step: PlainStep) {
    withMutableValues { own in
      gradient.withValues { gradient in
        Self.spread(step, own, gradient, own, own)
      }
    }
  }

  /// Makes a step that remembers one number per element.
  mutating func update(with gradient: Tensor, _ first: inout Tensor, by step: MomentumStep) {
    withMutableValues { own in
      gradient.withValues { gradient in
        first.withMutableValues { first in Self.spread(step, own, gradient, first, first) }
      }
    }
  }

  /// Makes a step that remembers two numbers per element.
  mutating func update(
    with gradient: Tensor, _ first: inout Tensor, _ second: inout Tensor, by step: AdamStep
  ) {
    withMutableValues { own in
      gradient.withValues { gradient in
        first.withMutableValues { first in
          second.withMutableValues { second in Self.spread(step, own, gradient, first, second) }
        }
      }
    }
  }

  private static func spread(
    _ step: some ElementStep, _ parameter: UnsafeMutableBufferPointer<Float>,
    _ gradient: UnsafeBufferPointer<Float>, _ first: UnsafeMutableBufferPointer<Float>,
    _ second: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      gradient.count == parameter.count && first.count == parameter.count && second.count == parameter.count,
      "a gradient of \(gradient.count) elements does not belong to \(parameter.count) parameters")
    guard let own = parameter.baseAddress, let slope = gradient.baseAddress, let mean = first.baseAddress,
      let square = second.baseAddress
    else { return }
    let memory = StepMemory(parameter: own, gradient: slope, first: mean, second: square)
    let count = parameter.count
    Threads.forEach((count + run - 1) / run) { task in
      step(memory, over: (task * run)..<min((task + 1) * run, count))
    }
  }
}
