import Networks

/// The body of a figure of a model's layers: boxes from top to bottom and the lines between them.
struct GraphLayout: Layout {
  private let graph: LayerGraph
  private let order: LayeredOrder
  private let places: LayeredPlaces
  private let boxWidths: [Double]

  private static let boxHeight = 36.0
  private static let rowGap = 20.0
  private static let narrowest = 132.0
  private static let widest = 300.0
  private static let jointWidth = 10.0
  private static let stripe = 4.0
  private static let name = Font(size: 10, bold: true)
  private static let caption = FigureStyle.note

  init(_ graph: LayerGraph) {
    self.graph = graph
    let order = LayeredOrder(reads: graph.reads)
    let boxWidths = graph.boxes.map { box in
      let text = max(Self.name.width(of: box.name.printable), Self.caption.width(of: box.caption.printable))
      return min(max(text + 24, Self.narrowest), Self.widest).rounded(.up)
    }
    let widths = order.items.map { item in item.box.map { boxWidths[$0] } ?? Self.jointWidth }
    self.order = order
    self.boxWidths = boxWidths
    places = LayeredPlaces(order, widths: widths)
  }

  var size: Size {
    Size(
      width: places.width,
      height: Double(order.rows.count) * (Self.boxHeight + Self.rowGap) - Self.rowGap)
  }

  func draw(on canvas: Canvas, at corner: Point) {
    for route in order.routes { draw(route, on: canvas, at: corner) }
    for (index, item) in order.items.enumerated() {
      if let box = item.box { draw(box, item: index, on: canvas, at: corner) }
    }
  }

  private func top(_ row: Int) -> Double { Double(row) * (Self.boxHeight + Self.rowGap) }

  private func draw(_ number: Int, item: Int, on canvas: Canvas, at corner: Point) {
    let box = graph.boxes[number]
    let width = boxWidths[number]
    let frame = Rectangle(
      x: Canvas.snapped(corner.x + places.middles[item] - width / 2),
      y: Canvas.snapped(corner.y + top(order.items[item].row)), width: width, height: Self.boxHeight)
    let color = Self.color(of: box.role)
    canvas.fill(frame, Color(grey: 1).blended(with: color, opacity: 0.12))
    canvas.fill(Rectangle(x: frame.x, y: frame.y, width: Self.stripe, height: frame.height), color)
    canvas.outline(
      frame, box.isDefaultLayer ? FigureStyle.ink : FigureStyle.frame, width: box.isDefaultLayer ? 2 : 1)
    let middle = frame.middleX + Self.stripe / 2
    let room = width - 2 * Self.stripe - 6
    canvas.text(
      Self.name.fitted(box.name.printable, to: room, keepsEnd: true), at: Point(middle, frame.y + 15),
      Self.name,
      FigureStyle.ink, anchor: .middle)
    canvas.text(
      Self.caption.fitted(box.caption.printable, to: room), at: Point(middle, frame.y + 28), Self.caption,
      FigureStyle.text, anchor: .middle)
  }

  /// A line from the foot of a box to the head of another, upright where it passes rows.
  private func draw(_ route: LayeredOrder.Route, on canvas: Canvas, at corner: Point) {
    var points: [Point] = []
    for (upper, lower) in zip(route, route.dropFirst()) {
      let start = Point(
        corner.x + places.middles[upper], corner.y + top(order.items[upper].row) + Self.boxHeight)
      let end = Point(corner.x + places.middles[lower], corner.y + top(order.items[lower].row))
      points += Self.curve(from: start, to: end)
    }
    guard let tip = points.last else { return }
    canvas.line(points, FigureStyle.tick, width: 1.25, roundEnds: true)
    canvas.fill([tip, Point(tip.x - 3.5, tip.y - 6), Point(tip.x + 3.5, tip.y - 6)], FigureStyle.tick)
  }

  /// A curve that leaves and arrives upright.
  private static func curve(from start: Point, to end: Point) -> [Point] {
    guard abs(start.x - end.x) > 0.5 else { return [start, end] }
    let count = 16
    return (0...count).map { index in
      let share = Double(index) / Double(count)
      let eased = share * share * (3 - 2 * share)
      return Point(start.x + (end.x - start.x) * eased, start.y + (end.y - start.y) * share)
    }
  }

  /// The colour of a kind of layer.
  private static func color(of role: LayerRole) -> Color {
    switch role {
    case .input: Color(red: 0.35, green: 0.35, blue: 0.35)
    case .convolution: Color(red: 0.13, green: 0.40, blue: 0.67)
    case .dense, .embedding: Color(red: 0.46, green: 0.31, blue: 0.64)
    case .recurrent, .attention: Color(red: 0.77, green: 0.24, blue: 0.48)
    case .maximumPooling, .averagePooling: Color(red: 0.70, green: 0.37, blue: 0.02)
    case .merge: Color(red: 0.11, green: 0.55, blue: 0.45)
    case .activation, .softmax: Color(red: 0.72, green: 0.15, blue: 0.15)
    case .normalization: Color(red: 0.55, green: 0.55, blue: 0.20)
    case .routing, .identity, .mask: Color(red: 0.62, green: 0.62, blue: 0.62)
    }
  }
}
