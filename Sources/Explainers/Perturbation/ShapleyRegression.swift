import TensorCore

/// The weighted regression whose solution are Shapley values.
///
///     minimise over b:  sum of weight(z) (score(z) - score(nothing) - z b)^2,  where b sums to score(all) - score(nothing)
///
/// The constraint is met exactly: the last coefficient is what the others leave.
struct ShapleyRegression {
  private let gain: Double
  private let empty: Double
  private var sums: LeastSquares

  /// Starts a regression.
  ///
  /// - Parameters:
  ///   - players: The number of players, at least one.
  ///   - all: The score when all take part.
  ///   - empty: The score when none does.
  init(players: Int, all: Double, empty: Double) {
    gain = all - empty
    self.empty = empty
    sums = LeastSquares(features: players - 1, hasConstant: false)
  }

  /// Takes in the score of a coalition: for every player 1 when it takes part, else 0.
  mutating func add(_ coalition: [Double], _ score: Double, weight: Double) {
    let last = coalition[coalition.count - 1]
    sums.add(coalition.dropLast().map { $0 - last }, score - empty - last * gain, weight: weight)
  }

  /// The coefficients, and their standard errors as weighted least squares estimate them.
  func solved(isEstimatingErrors: Bool = false) -> (values: [Double], errors: [Double]?) {
    let solution = sums.solved(isEstimatingErrors: isEstimatingErrors)
    let values = solution.coefficients + [gain - solution.coefficients.reduce(0, +)]
    let errors = solution.covariances.map { covariances in
      (solution.standardErrors ?? []) + [max(covariances.reduce(0, +), 0).squareRoot()]
    }
    return (values, errors)
  }
}

/// Coalitions of players, drawn at random or all of them, none and all excepted.
struct Coalitions {
  /// The number of players, at least two.
  let players: Int
  private let cumulative: [Double]

  init(players: Int) {
    self.players = players
    let shares = (1..<players).map { Double(players - 1) / (Double($0) * Double(players - $0)) }
    let total = shares.reduce(0, +)
    var sum = 0.0
    cumulative = shares.map {
      sum += $0
      return sum / total
    }
  }

  /// How many there are, or `nil` for more than two to the 40th.
  var count: Int? { players <= 40 ? (1 << players) - 2 : nil }

  /// A coalition by its number below `count`: player `i` takes part when bit `i` of the number plus one is set.
  func coalition(_ number: Int) -> [Double] { (0..<players).map { Double(((number + 1) >> $0) & 1) } }

  /// The weight of a coalition among all: `(M - 1) / (binomial(M, s) s (M - s))` for `s` of `M` players.
  func weight(of coalition: [Double]) -> Double {
    let size = Int(coalition.reduce(0, +))
    let binomial = (0..<size).reduce(1.0) { $0 * Double(players - $1) / Double($1 + 1) }
    return Double(players - 1) / (binomial * Double(size) * Double(players - size))
  }

  /// A random coalition: its size with a probability proportional to `(M - 1) / (s (M - s))`, its members at random.
  func draw(_ random: inout NumPyLegacyRandom) -> [Double] {
    let number = random.uniform()
    let size = (cumulative.firstIndex { number < $0 } ?? players - 2) + 1
    var coalition = [Double](repeating: 0, count: players)
    for player in random.permutation(players).prefix(size) { coalition[player] = 1 }
    return coalition
  }
}
