import TensorCore
import Testing

@Suite struct WindowTests {
  @Test func stridesAndDilationsAreOneByDefault() {
    let window = Window(kernel: [3, 5])
    #expect(window.stride == [1, 1])
    #expect(window.dilation == [1, 1])
    #expect(window.padding == .valid)
    #expect(window.spatialRank == 2)
  }

  @Test func ranksMustAgree() {
    let wrong: [Window] = [
      Window(kernel: [3]), Window(kernel: [3, 3, 3]), Window(kernel: [3, 3], stride: [1]),
      Window(kernel: [3, 3], dilation: [1, 1, 1]),
      Window(kernel: [3, 3], padding: .explicit([.init(low: 0, high: 0)])),
    ]
    for (window, rank) in zip(wrong, [1, 3, 1, 3, 1]) {
      #expect(throws: GeometryError.rankMismatch(window: rank, input: 2)) {
        try window.resolved(over: [9, 9])
      }
    }
  }

  @Test func parametersMustBeUsable() {
    let most = Window.largestParameter
    let wrong: [(Window, String, Int, Int)] = [
      (Window(kernel: [0]), "kernel", 0, 1), (Window(kernel: [most + 1]), "kernel", most + 1, 1),
      (Window(kernel: [1], stride: [0]), "stride", 0, 1),
      (Window(kernel: [1], stride: [-2]), "stride", -2, 1),
      (Window(kernel: [1], dilation: [0]), "dilation", 0, 1),
      (Window(kernel: [1], dilation: [.max]), "dilation", .max, 1),
      (Window(kernel: [1], padding: .explicit([.init(low: -1, high: 0)])), "padding", -1, 0),
      (Window(kernel: [1], padding: .explicit([.init(low: 0, high: .max)])), "padding", .max, 0),
    ]
    for (window, name, value, least) in wrong {
      #expect(throws: GeometryError.parameterOutOfRange(name: name, value: value, least: least, most: most)) {
        try window.resolved(over: [9])
      }
    }
  }

  @Test func extentsMustBeUsable() {
    let window = Window(kernel: [1])
    for extent in [-1, Int(Int32.max) + 1] {
      #expect(
        throws: GeometryError.parameterOutOfRange(
          name: "input extent", value: extent, least: 0, most: Int(Int32.max))
      ) { try window.resolved(over: [extent]) }
    }
    #expect(
      throws: GeometryError.parameterOutOfRange(name: "number of spatial axes", value: 4, least: 0, most: 3)
    ) { try Window(kernel: [1, 1, 1, 1]).resolved(over: [2, 2, 2, 2]) }
  }

  @Test func aWindowMustFit() {
    // Taps 0, 3 and 6 reach over 7 cells.
    #expect(throws: GeometryError.windowTooLarge(axis: 1, window: 7, input: 6)) {
      try Window(kernel: [1, 3], dilation: [1, 3]).resolved(over: [4, 6])
    }
    #expect(throws: GeometryError.windowTooLarge(axis: 0, window: 1, input: 0)) {
      try Window(kernel: [1]).resolved(over: [0])
    }
  }
}
