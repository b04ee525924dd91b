/// One step of a recurrent network: what the step's input and the states before it make of the states.
///
/// The part of a step that does not depend on the states, its projection, is computed for all steps at once. All tensors have the
/// axes `[items, spatial..., channels]`, without spatial axes for cells of vectors.
public protocol RecurrentCell: Sendable {
  /// The number of trained numbers in it.
  var parameterCount: Int { get }

  /// The index of the state that is the output of a step.
  var outputState: Int { get }

  /// The shape of the projection of inputs.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  func projectionShape(for input: Shape) throws(GeometryError) -> Shape

  /// What a step takes from its input, for any number of steps at once.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  func projection(of input: Tensor) throws(GeometryError) -> Tensor

  /// The cotangent of inputs for the cotangent of their projection.
  ///
  /// - Throws: `GeometryError` when the inputs do not fit.
  func projectionPullback(_ cotangent: Tensor, input: Shape) throws(GeometryError) -> Tensor

  /// The shapes of the states for the projection of one step.
  ///
  /// - Throws: `GeometryError` when cells do not fit each other.
  func stateShapes(for projection: Shape) throws(GeometryError) -> [Shape]

  /// The states after a step.
  ///
  /// - Throws: `GeometryError` when projection and states do not fit.
  func step(_ projection: Tensor, _ states: [Tensor]) throws(GeometryError) -> [Tensor]

  /// The cotangents of a step's projection and of the states before it.
  ///
  /// - Parameters:
  ///   - cotangents: Those of the states after the step.
  ///   - projection: The projection of the step's input.
  ///   - states: The states before the step.
  /// - Returns: One cotangent for the projection and one for every state.
  /// - Throws: `GeometryError` when projection and states do not fit.
  func pullback(
    _ cotangents: [Tensor], at projection: Tensor, _ states: [Tensor]
  ) throws(GeometryError) -> (projection: Tensor, states: [Tensor])

  /// The same cell with other trained numbers.
  ///
  /// - Parameter new: The array that takes the place of an array of trained numbers, of the same shape. It is called with those of the
  ///   map from the input first: its weights, its bias; then with those of the map from the state.
  /// - Returns: The cell.
  /// - Throws: `GeometryError` when the new arrays have other shapes.
  func replacingParameters(with new: (Tensor) -> Tensor) throws(GeometryError) -> any RecurrentCell
}

extension RecurrentCell {
  /// The first state.
  public var outputState: Int { 0 }
}
