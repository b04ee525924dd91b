import Foundation
import KerasFormat
import Networks
import TestSupport
import Testing

/// Architectures that are no sound graphs, and archives that are no sound archives: one sentence each.
@Suite struct GraphErrorTests {
  private static let input = """
    {"class_name": "InputLayer", "name": "in", "config": {"batch_input_shape": [null, 4], "name": "in"}, "inbound_nodes": []}
    """

  /// A layer that reads what `nodes` says.
  private static func layer(
    _ name: String, _ nodes: String, _ layerClass: String = "Flatten", _ options: String = "{}"
  ) -> String {
    "{\"class_name\": \"\(layerClass)\", \"name\": \"\(name)\", \"config\": \(options), \"inbound_nodes\": \(nodes)}"
  }

  private static func functional(
    _ layers: [String], output: String = "[\"a\", 0, 0]", input: String = "[[\"in\", 0, 0]]",
    version: String = "2.4.0",
    name: String = "graph"
  ) -> String {
    """
    {"class_name": "Functional", "keras_version": "\(version)", "name": "\(name)", "config": {"name": "\(name)",
    "layers": [\(layers.joined(separator: ", "))], "input_layers": \(input), "output_layers": \(output)}
    """ + (name == "graph" ? "}" : ", \"inbound_nodes\": [[[\"in\", 0, 0, {}]]]}")
  }

  private func said(of architecture: String) throws -> String {
    let path = NSTemporaryDirectory() + "graph-\(UUID().uuidString).json"
    try architecture.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return sentence { _ = try KerasFile(Fixture.hostile("sound.h5"), architecture: path) }
      .replacing(path, with: "FILE")
  }

  static let graphs: [(layers: [String], output: String, said: String)] = {
    let read = "[[[\"in\", 0, 0, {}]]]"
    return [
      ([layer("a", read)], "[\"a\", 0, 0]", "no error"),
      (
        [layer("a", "[[[\"a\", 0, 0, {}]]]")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' reads its own value by way of other layers, so there is no order to compute them in; save the model again"
      ),
      (
        [layer("a", "[[[\"b\", 0, 0, {}]]]")], "[\"a\", 0, 0]",
        "'FILE': 'a' reads layer 'b', which the model does not have; save the model again"
      ),
      (
        [layer("a", "[[[\"b\", 1, 0, {}]]]"), layer("b", read)], "[\"a\", 0, 0]",
        "'FILE': 'a' reads use number 1 of layer 'b', which has 1 uses; save the model again"
      ),
      (
        [layer("a", "[[[\"b\", 0, 2, {}]]]"), layer("b", read)], "[\"a\", 0, 0]",
        "'FILE': 'a' reads output number 2 of layer 'b', which has 1; save the model again"
      ),
      (
        [layer("a", read)], "[\"z\", 0, 0]",
        "'FILE': 'graph' reads layer 'z', which the model does not have; save the model again"
      ),
      (
        [layer("a", read)], "[]",
        "'FILE': the model should have a list of references to layers as 'output_layers', but has the list []"
      ),
      (
        [layer("a", read)], "7",
        "'FILE': the model should have a list of references to layers as 'output_layers', but has 7"
      ),
      (
        [layer("a", "[[[\"in\", 0, 0, {}], [\"in\", 0, 0, {}]]]")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Flatten) takes 1 tensor, but reads 2; save the model again"
      ),
      (
        [layer("a", "[[]]")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Flatten) should have a list of uses, each with the tensors it reads as 'inbound_nodes', but has the list [a list]"
      ),
      (
        [layer("a", "[{\"kwargs\": {}}]")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Flatten) should have a list of uses, each with the tensors it reads as 'inbound_nodes', but has the list [an object]"
      ),
      (
        [layer("a", "\"in\"")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Flatten) should have a list of uses, each with the tensors it reads as 'inbound_nodes', but has the text 'in'"
      ),
      (
        [layer("a", "[[[\"_CONSTANT_VALUE\", -1, 1, {}]]]")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Flatten) takes 1 tensor, but reads 0; save the model again"
      ),
      (
        [layer("a", read), layer("a", read)], "[\"a\", 0, 0]",
        "'FILE': two layers have the name 'a'; every layer needs a name of its own"
      ),
      (
        [layer("a", read, "Reshape", "{\"target_shape\": [3]}")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' cannot take 4 as its input: items of 4 cannot be reshaped to 3"
      ),
      (
        [layer("a", read, "Reshape", "{\"target_shape\": [null]}")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Reshape) should have a list of whole numbers as 'target_shape', but has the list [nothing]"
      ),
      (
        [layer("a", read, "Concatenate", "{\"axis\": 0}")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' (Concatenate) should have an axis from 1 to 1, or from the back as 'axis', but has 0"
      ),
      (
        [layer("a", read, "Subtract")], "[\"a\", 0, 0]",
        "'FILE': layer 'a' cannot take 4 as its input: the difference cannot take items of 4"
      ),
      (
        [layer("a", "[[\"in\", 0, 0, {\"y\": [1, [2]]}]]", "TFOpLambda", "{\"function\": \"math.add\"}")],
        "[\"a\", 0, 0]",
        "'FILE': layer 'a' (tf.math.add) has an operand that is neither a tensor nor numbers, which is not supported; make it a constant"
      ),
      (
        [layer("a", "[[\"in\", 0, 0, {\"axis\": 0}]]", "TFOpLambda", "{\"function\": \"math.reduce_mean\"}")],
        "[\"a\", 0, 0]",
        "'FILE': 'a' (tf.math.reduce_mean) should have axes of 4 behind the batch axis 0 as 'axis', but has 0"
      ),
      (
        [layer("a", "[[\"in\", 0, 0, {\"shape\": [2, 2]}]]", "TFOpLambda", "{\"function\": \"reshape\"}")],
        "[\"a\", 0, 0]",
        "'FILE': 'a' (tf.reshape) should have a list of whole numbers that begins with -1 for the batch as 'shape', but has the list [2, 2]"
      ),
      (
        [
          layer(
            "a",
            "[[\"in\", 0, 0, {\"slice_spec\": [{\"start\": null, \"stop\": null, \"step\": null}, {\"start\": 9, \"stop\": 4611686018427387904, \"step\": 1}]}]]",
            "SlicingOpLambda", "{\"function\": \"__operators__.getitem\"}")
        ], "[\"a\", 0, 0]",
        "'FILE': 'a' (tf.__operators__.getitem) should have numbers that leave something of 4 along every axis as 'slice', but has a list of 2"
      ),
    ].map { ($0.0, $0.1, $0.2.replacing("has a list of 2", with: "has the list [an object, an object]")) }
  }()

  @Test(arguments: graphs.indices)
  func graphsAreRefusedInOneSentence(index: Int) throws {
    let (layers, output, expected) = Self.graphs[index]
    #expect(try said(of: Self.functional([Self.input] + layers, output: output)) == expected)
  }

  @Test func functionsThatAreNotKnownAreNamed() throws {
    let cumulative = Self.layer(
      "sums", "[[\"in\", 0, 0, {}]]", "TFOpLambda", "{\"function\": \"math.cumsum\"}")
    let inner = Self.functional([Self.input, cumulative], output: "[\"sums\", 0, 0]", name: "a")
    let found = try said(of: Self.functional([Self.input, inner]))
    #expect(
      found.hasPrefix(
        "'FILE': 'a/sums' applies the function 'tf.math.cumsum', which is not known; the known functions are add, "
      ),
      "\(found)")
    #expect(found.hasSuffix("; replace it by a layer or one of these"))
  }

  @Test func layersThatAreNotKnownAreNamedByTheirPath() throws {
    let own = Self.layer("mine", "[[[\"in\", 0, 0, {}]]]", "Attenuation")
    let inner = Self.functional([Self.input, own], output: "[\"mine\", 0, 0]", name: "a")
    let rest =
      "has the class 'Attenuation', which is not known; build that part from layers that Keras brings along and save the model again"
    #expect(try said(of: Self.functional([Self.input, inner])) == "'FILE': layer 'a/mine' \(rest)")
    let steps = Self.layer(
      "a", "[[[\"in\", 0, 0, {}]]]", "TimeDistributed",
      "{\"layer\": {\"class_name\": \"Attenuation\", \"config\": {\"name\": \"mine\"}}}")
    let sequence = Self.input.replacing("[null, 4]", with: "[null, 4, 2]")
    #expect(try said(of: Self.functional([sequence, steps])) == "'FILE': layer 'a/mine' \(rest)")
  }

  /// Every model uses the one inside it twice.
  @Test func modelsThatDoubleAreBounded() throws {
    var inner = Self.layer("a", "[[[\"in\", 0, 0, {}]], [[\"a\", 0, 0, {}]]]")
    let once = "\"inbound_nodes\": [[[\"in\", 0, 0, {}]]]}"
    let twice = "\"inbound_nodes\": [[[\"in\", 0, 0, {}]], [[\"a\", 1, 0, {}]]]}"
    for level in 0..<20 {
      let nested = Self.functional(
        [Self.input, inner], output: level == 0 ? "[\"a\", 1, 0]" : "[\"a\", 2, 0]", name: "a")
      inner = nested.dropLast(once.count) + twice
    }
    let found = try said(of: Self.functional([Self.input, inner], output: "[\"a\", 2, 0]"))
    #expect(
      found
        == "'FILE' describes a model of more than 65536 operations, more than are accepted; split the model")
  }

  @Test func longChainsInAnyOrderAreRead() throws {
    let count = 5_000
    let layers = (0..<count).reversed().map { index in
      Self.layer("l\(index)", "[[[\"\(index == 0 ? "in" : "l\(index - 1)")\", 0, 0, {}]]]")
    }
    #expect(
      try said(of: Self.functional([Self.input] + layers, output: "[\"l\(count - 1)\", 0, 0]")) == "no error")
  }

  // MARK: - Archives

  /// Changes every occurrence of a text in an archive.
  private func said(replacing old: String, with new: String, keeping count: Int = .max) throws -> String {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("graphs/nested-k3.keras")))
    var changed = Data(bytes.prefix(count))
    while let range = changed.firstRange(of: Data(old.utf8)) {
      changed.replaceSubrange(range, with: Data(new.utf8))
    }
    let path = NSTemporaryDirectory() + "archive-\(UUID().uuidString).keras"
    try changed.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return sentence { _ = try Model(keras: path) }.replacing(path, with: "FILE")
  }

  @Test func damagedArchivesAreRefusedInOneSentence() throws {
    #expect(
      try said(replacing: "config.json", with: "c0nfig.json")
        == "'FILE' is a zip archive without 'config.json', so it holds no model of Keras; save the model again with model.save"
    )
    #expect(
      try said(replacing: "model.weights.h5", with: "m0del.weights.h5")
        == "'FILE' is a zip archive without 'model.weights.h5', so it holds no model of Keras; save the model again with model.save"
    )
    #expect(
      try said(replacing: "zzz", with: "", keeping: 5_000)
        == "'FILE' is not a whole zip archive: there is no directory at its end; copy or save the file again")
    let checksum = try said(replacing: "Concatenate", with: "Concatenat3")
    #expect(checksum.hasPrefix("'config.json' in 'FILE' should have the checksum "), "\(checksum)")
  }

  @Test func architecturesThatAreNotThereOrNotJSON() throws {
    let none = sentence { _ = try KerasFile(Fixture.hostile("sound.h5"), architecture: "/not/there.json") }
    #expect(none == "'/not/there.json' cannot be read: No such file or directory")
    #expect(try said(of: "{") == "'FILE' is not JSON (1 characters that do not parse); save the model again")
  }
}
