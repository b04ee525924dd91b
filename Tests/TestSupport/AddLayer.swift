import Networks
import TensorCore

/// The sum of several inputs of equal shape: makes graphs with branches.
package struct AddLayer: Layer {
  package init() {}

  package var role: LayerRole { .merge }

  package func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape {
    for input in inputs where input != inputs[0] {
      throw .weightMismatch(name: "other summand", expected: inputs[0], found: input)
    }
    return inputs[0]
  }

  package func forward(_ inputs: [Tensor]) -> Tensor { inputs.dropFirst().reduce(inputs[0], +) }

  package func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { site.inputs.map { _ in cotangent } }
}
