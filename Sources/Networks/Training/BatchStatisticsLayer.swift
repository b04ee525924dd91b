import Synchronization
import TensorCore

extension NormalizationLayer: TrainingModeLayer {
  /// The normalisation by the statistics of the batch; without moving statistics the layer itself.
  public func inTraining(seed: UInt32) -> any Layer {
    batchNormalization.map { BatchStatisticsLayer(self, $0) } ?? self
  }

  /// The layer itself when it has no moving statistics: those of a batch are those of all its items.
  public func inTraining(seed: UInt32, behind items: Int) -> (any Layer)? {
    batchNormalization == nil ? self : nil
  }

  /// The layer with its moving statistics moved towards those of the batch; `nil` when it has none.
  public func updated(by site: Site) -> (any Layer)? {
    batchNormalization.map { NormalizationLayer($0.moved(towards: BatchStatistics(of: site.inputs[0]))) }
  }
}

/// Batch normalisation in training: by the mean and the variance of the batch, through which cotangents flow back.
///
/// With `n` elements per channel, `x' = x - mean`, `r = 1 / sqrt(variance + epsilon)` and the cotangent `g` of the output
///
///     gamma' = r * sum(g * x'),  beta' = sum(g)
///     input' = gamma * r * (g - sum(g) / n - x' * r^2 * sum(g * x') / n)
///
/// all sums in 64 bits. Statistics are taken once per batch and kept for the way back.
struct BatchStatisticsLayer: JointlyTrainableLayer {
  private let layer: NormalizationLayer
  private let batch: BatchNormalization
  private let memory = Memory()

  /// The statistics of the batch that the layer saw last.
  private final class Memory: Sendable {
    let statistics = Mutex<BatchStatistics?>(nil)
  }

  init(_ layer: NormalizationLayer, _ batch: BatchNormalization) {
    self.layer = layer
    self.batch = batch
  }

  var role: LayerRole { .normalization }
  var parameterCount: Int { layer.parameterCount }
  var parameters: [Parameter] { layer.parameters }

  func outputShape(for inputs: [Shape]) throws(GeometryError) -> Shape { try layer.outputShape(for: inputs) }

  func replacingParameters(with new: (Tensor) -> Tensor) -> any Layer {
    layer.replacingParameters(with: new)
  }

  func forward(_ inputs: [Tensor]) -> Tensor {
    let statistics = BatchStatistics(of: inputs[0])
    memory.statistics.withLock { $0 = statistics }
    return ChannelScaling(
      gamma: batch.gamma, beta: batch.beta, mean: statistics.mean.map { Float($0) },
      variance: statistics.variance.map { Float($0) }, epsilon: batch.epsilon)(inputs[0])
  }

  func pullback(_ cotangent: Tensor, at site: Site) -> [Tensor] { pullbacks(cotangent, at: site).inputs }

  func parameterPullback(_ cotangent: Tensor, at site: Site) -> [Tensor] {
    let statistics = statistics(of: site)
    return parameterPullback(
      ChannelSums.products(cotangent, site.inputs[0], around: statistics.mean), statistics)
  }

  func pullbacks(_ cotangent: Tensor, at site: Site) -> (inputs: [Tensor], parameters: [Tensor]) {
    let statistics = statistics(of: site)
    let sums = ChannelSums.products(cotangent, site.inputs[0], around: statistics.mean)
    let count = Double(max(cotangent.count / max(statistics.mean.count, 1), 1))
    var (factors, slopes, shifts): ([Float], [Float], [Float]) = ([], [], [])
    for (channel, inverse) in inverses(of: statistics).enumerated() {
      let factor = Double(batch.gamma?[channel] ?? 1) * inverse
      factors.append(Float(factor))
      slopes.append(Float(-factor * inverse * inverse * sums.products[channel] / count))
      shifts.append(Float(-factor * sums.values[channel] / count))
    }
    let combination = ChannelCombination(
      factor: factors, slope: slopes, center: statistics.mean.map { Float($0) }, shift: shifts)
    return ([combination(cotangent, site.inputs[0])], parameterPullback(sums, statistics))
  }

  private func parameterPullback(
    _ sums: (values: [Double], products: [Double]), _ statistics: BatchStatistics
  ) -> [Tensor] {
    let scale = zip(sums.products, inverses(of: statistics)).map { Float($0 * $1) }
    return layer.pulledBack(scale: scale, offset: sums.values.map { Float($0) })
  }

  private func inverses(of statistics: BatchStatistics) -> [Double] {
    statistics.variance.map { 1 / ($0 + batch.epsilon).squareRoot() }
  }

  private func statistics(of site: Site) -> BatchStatistics {
    memory.statistics.withLock { $0 } ?? BatchStatistics(of: site.inputs[0])
  }
}

extension BatchStatisticsLayer: TrainingModeLayer {
  /// The layer itself: it is in training.
  func inTraining(seed: UInt32) -> any Layer { self }

  /// The layer at inference, with its moving statistics moved towards those of the batch.
  func updated(by site: Site) -> (any Layer)? {
    NormalizationLayer(batch.moved(towards: statistics(of: site)))
  }
}
