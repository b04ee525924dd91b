import CKernels
import Foundation

/// The processor instructions that kernels use.
///
/// All sets compute the same formulas from one text; results differ only by rounding, because wider registers and fused products
/// round at other places.
public enum InstructionSet: String, Sendable, CaseIterable {
  /// What every processor of the platform has: SSE2 or NEON.
  case portable
  /// 256-bit vectors with fused multiply-add.
  case avx2
  /// 512-bit vectors.
  case avx512

  /// The environment variable that chooses a set by its name.
  public static let variable = "LENS_ISA"

  /// The sets that this processor has, the most capable last.
  public static let available = allCases.filter { ck_isa_is_available($0.kernels) != 0 }

  /// The set that operations use unless they are told otherwise: the one that `LENS_ISA` names, else the most capable.
  public static let selected = named(requested) ?? available.last ?? .portable

  /// What `LENS_ISA` asks for when this processor or this version does not have it, so that a command can say so.
  public static let refusedRequest: String? = named(requested) == nil ? requested : nil

  /// The available set of a name.
  package static func named(_ name: String?) -> InstructionSet? { available.first { $0.rawValue == name } }

  private static let requested = ProcessInfo.processInfo.environment[variable].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// The name of the set in the kernels.
  var kernels: ck_isa {
    switch self {
    case .portable: CK_PORTABLE
    case .avx2: CK_AVX2
    case .avx512: CK_AVX512
    }
  }
}
