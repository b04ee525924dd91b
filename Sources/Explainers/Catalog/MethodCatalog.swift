/// All methods: one line each.
///
/// The command line, its help, the tables of reports and the contract tests are made from this list.
public enum MethodCatalog {
  /// A method that can be made from settings.
  public protocol Entry: Explainer {
    /// Creates the method with the parameters that a user gave.
    ///
    /// - Throws: `ExplanationError.badParameter` for a value that the method does not take.
    init(settings: MethodSettings) throws(ExplanationError)
  }

  /// The methods in the order in which they are listed.
  public static let entries: [any Entry.Type] = [
    Gradient.self,
    GradientTimesInput.self,
    IntegratedGradients.self,
    ExpectedGradients.self,
    BlurIntegratedGradients.self,
    GuidedIntegratedGradients.self,
    SmoothGrad.self,
    GuidedBackprop.self,
    Deconvnet.self,
    DeepLIFT.self,
    XRAI.self,
    CAM.self,
    GradCAM.self,
    GradCAMPlusPlus.self,
    LayerCAM.self,
    XGradCAM.self,
    HiResCAM.self,
    EigenCAM.self,
    AblationCAM.self,
    ScoreCAM.self,
    IntegratedGradCAM.self,
    GuidedGradCAM.self,
    LRP.self,
    Occlusion.self,
    FeatureAblation.self,
    RISE.self,
    SISE.self,
    AdaSISE.self,
    LIME.self,
    KernelSHAP.self,
    GradCAMLRP.self,
    Consensus.self,
  ]

  /// What the catalogue says of every method.
  public static var methods: [MethodInfo] { entries.map { $0.info } }

  /// A method by its identifier.
  ///
  /// - Parameters:
  ///   - id: The identifier.
  ///   - settings: The parameters that a user gave, or `nil` for the defaults.
  /// - Returns: The method.
  /// - Throws: `ExplanationError` when there is no such method, or it has no such parameter or value.
  public static func method(
    _ id: String, settings: MethodSettings? = nil
  ) throws(ExplanationError) -> any Explainer {
    guard let entry = entries.first(where: { $0.info.id == id }) else {
      throw .unknownMethod(id: id, known: methods.map(\.id))
    }
    let settings = settings ?? MethodSettings(method: id)
    let known = entry.info.parameters.map(\.name)
    for name in settings.values.keys.sorted() where !known.contains(name) {
      throw .unknownParameter(method: id, name: name, known: known)
    }
    return try entry.init(settings: settings)
  }
}
