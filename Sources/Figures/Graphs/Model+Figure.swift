import Explainers
import Foundation
import Networks

extension Model {
  /// Draws the graph of the layers from top to bottom; the same model always gives the same bytes.
  ///
  /// A box holds the layer's name, its class and the shape of its output, `spatial x channels`; the stripe at its left has the colour of the kind of
  /// layer. The layer that Grad-CAM uses by default has a dark frame. Models inside the model are drawn as the layers they are made of.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The content of a file.
  /// - Throws: `FigureError.drawing` when cairo fails: a PNG may have at most 32767 pixels along a side, about 290 layers one behind the other.
  public func graphFigure(as format: FigureFormat) throws(FigureError) -> Data {
    let graph = LayerGraph(of: self)
    let count = "\(graph.boxes.count) layers"
    let facts = [count, "\(parameterCount) parameters", "\(head.classes) classes"]
    let notes = defaultFeatureMaps.map {
      ["dark frame: '\(nodes[$0].layerName)', which Grad-CAM uses by default"]
    }
    let title = Title(heading: name.printable, facts: facts, notes: notes?.map(\.printable) ?? [])
    return try Figure(title: title, body: GraphLayout(graph)).encoded(as: format)
  }
}
