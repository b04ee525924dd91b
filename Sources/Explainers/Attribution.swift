import Networks
import TensorCore

/// The explanation of one decision: a map over the input, with all that is needed to read, draw and judge it.
public struct Attribution: Sendable {
  /// The attribution of every input position, in the extents of the input.
  ///
  /// Its shape is `[1, spatial..., channels]`, with one channel where the
  /// method does not tell channels apart. Raw values as the method defines them.
  public var map: Tensor
  /// The item that was explained, `[1, spatial..., channels]`.
  public var input: Tensor
  /// What the model answered, as its file defines it, flattened to `[1, classes]`.
  public var output: Tensor
  /// The class that was explained.
  public var target: Int
  /// The class that it was contrasted with: scores are then differences of the two.
  public var versus: Int?
  /// The space in which `score` and `baselineScore` are taken.
  public var scoreSpace: ScoreSpace
  /// The score of the target at the input.
  public var score: Double
  /// The score of the target at the baseline, for methods that have one.
  public var baselineScore: Double?
  /// Sum of the map minus (`score` minus `baselineScore`), for methods that promise zero.
  public var completenessGap: Double?
  /// The method's identifier in the catalogue.
  public var method: String
  /// The method's parameters with their resolved values, in the order of its documentation.
  public var parameters: [Parameter]
  /// The layer whose feature maps were used, for methods that use one.
  public var layer: String?
  /// The map before its rectification and resizing, `[1, spatial..., 1]` in the extents of `layer`, for methods that have one.
  public var layerMap: Tensor?
  /// The standard error of the map at every position, of the map's shape, for methods that estimate it from samples.
  public var standardError: Tensor?
  /// How far methods lie apart at every position, of the map's extents with one channel, for a map made of several.
  public var disagreement: Tensor?
  /// How the map is to be coloured.
  public var preset: ColorPreset
  /// The passes through the model, for methods that choose their number themselves.
  public var passes: Int?
  /// What every layer did with the relevance that reached it, from the logits towards the input, for methods that hand it back.
  public var relevanceByLayer: [LayerRelevance] = []
  /// What a user should know about how the map came about, in sentences.
  public var notes: [String] = []

  /// One parameter of a method with its resolved value.
  public struct Parameter: Sendable, Equatable {
    /// The name that the command line uses.
    public var name: String
    /// The value as text.
    public var value: String

    /// Creates a parameter.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates an explanation from its parts.
  public init(
    map: Tensor, input: Tensor, output: Tensor, target: Int, scoreSpace: ScoreSpace, score: Double,
    baselineScore: Double? = nil, completenessGap: Double? = nil, method: String,
    parameters: [Parameter] = [], layer: String? = nil, layerMap: Tensor? = nil, preset: ColorPreset
  ) {
    self.map = map
    self.input = input
    self.output = output
    self.target = target
    self.scoreSpace = scoreSpace
    self.score = score
    self.baselineScore = baselineScore
    self.completenessGap = completenessGap
    self.method = method
    self.parameters = parameters
    self.layer = layer
    self.layerMap = layerMap
    self.preset = preset
  }
}
