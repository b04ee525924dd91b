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
    typealias Run = SIMD8<Float>
    let whole = range.lowerBound + range.count / Run.scalarCount * Run.scalarCount
    for index in stride(from: range.lowerBound, to: whole, by: Run.scalarCount) {
      var (parameter, mean) = (Run(at: memory.parameter + index), Run(at: memory.first + index))
      var square = Run(at: memory.second + index)
      move(&parameter, &mean, &square, by: Run(at: memory.gradient + index))
      parameter.write(to: memory.parameter + index)
      mean.write(to: memory.first + index)
      square.write(to: memory.second + index)
    }
    for index in whole..<range.upperBound {
      var (parameter, mean) = (
        SIMD2(repeating: memory.parameter[index]), SIMD2(repeating: memory.first[index])
      )
      var square = SIMD2(repeating: memory.second[index])
      move(&parameter, &mean, &square, by: SIMD2(repeating: memory.gradient[index]))
      (memory.parameter[index], memory.first[index], memory.second[index]) = (parameter.x, mean.x, square.x)
    }
  }

  /// The step of a few elements, each as if it were alone.
  @inline(__always)
  private func move<Run: SIMD>(
    _ parameter: inout Run, _ mean: inout Run, _ square: inout Run, by gradient: Run
  ) where Run.Scalar == Float {
    mean += (gradient - mean) * first
    square += (gradient * gradient - square) * second
    parameter -= mean * rate / (square.squareRoot() + epsilon)
  }
}

extension SIMD8<Float> {
  /// The numbers at an address.
  @inline(__always)
  fileprivate init(at start: UnsafePointer<Float>) {
    self = UnsafeRawPointer(start).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  fileprivate func write(to start: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(start).storeBytes(of: self, as: Self.self)
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
