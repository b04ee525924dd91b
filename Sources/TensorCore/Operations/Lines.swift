extension Tensor {
  /// Replaces every line along one axis by a function of it, computed in 64 bits.
  ///
  /// - Parameters:
  ///   - axis: The axis along which the lines run.
  ///   - extent: The length of the new lines.
  ///   - function: Receives a line and returns the new one, `extent` numbers.
  /// - Returns: The tensor of the new lines.
  func mapLines(along axis: Int, to extent: Int, _ function: ([Double]) -> [Double]) -> Tensor {
    let length = shape[axis]
    let outer = shape.extents[..<axis].reduce(1, *)
    let inner = shape.extents[(axis + 1)...].reduce(1, *)
    var extents = shape.extents
    extents[axis] = extent
    return Tensor(Shape(extents)) { target in
      withValues { source in
        var line = [Double](repeating: 0, count: length)
        for block in 0..<outer {
          for lane in 0..<inner {
            for index in 0..<length { line[index] = Double(source[(block * length + index) * inner + lane]) }
            let result = function(line)
            for index in 0..<extent {
              target.initializeElement(at: (block * extent + index) * inner + lane, to: Float(result[index]))
            }
          }
        }
      }
    }
  }
}
