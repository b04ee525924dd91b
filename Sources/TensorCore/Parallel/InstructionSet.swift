import CKernels
import Foundation

/// The processor instructions that kernels use.
///
/// All sets compute the same formulas; results differ only by rounding, because wider registers, fused products and tiles round at
/// other places.
public struct InstructionSet: Sendable, Hashable {
  /// The name of the set.
  public let name: String
  private let kernelSet: ck_isa.RawValue

  private init(_ name: String, _ kernels: ck_isa) {
    self.name = name
    kernelSet = kernels.rawValue
  }

  /// What every processor of the platform has: SSE2 or NEON.
  public static let portable = InstructionSet("portable", CK_PORTABLE)
  /// 256-bit vectors with fused multiply-add.
  public static let avx2 = InstructionSet("avx2", CK_AVX2)
  /// 512-bit vectors.
  public static let avx512 = InstructionSet("avx512", CK_AVX512)
  /// Tiles of bfloat16 products for convolutions of many channels, 512-bit vectors for the rest.
  ///
  /// Every number is split into three terms, so that results are as accurate as those of the other sets. An infinity in the input of a
  /// convolution becomes NaN.
  public static let amx = InstructionSet("amx", CK_AMX)

  /// What `amx` computes, in portable code that runs on every processor: so that tests can run it, and not among `all`.
  package static let amxEmulated = InstructionSet("amx-emulated", CK_AMX_EMULATED)

  /// The sets that there are kernels for, the most capable last.
  public static let all = [portable, avx2, avx512, amx]

  /// The environment variable that chooses a set by its name.
  public static let variable = "LENS_ISA"

  /// The sets that this processor has, the most capable last.
  public static let available = all.filter { ck_isa_is_available($0.kernels) != 0 }

  /// The set that operations use unless they are told otherwise: the one that `LENS_ISA` names, else the most capable.
  public static let selected = named(requested) ?? available.last ?? .portable

  /// What `LENS_ISA` asks for when this processor or this version does not have it, so that a command can say so.
  public static let refusedRequest: String? = named(requested) == nil ? requested : nil

  /// The available set of a name.
  package static func named(_ name: String?) -> InstructionSet? { available.first { $0.name == name } }

  private static let requested = ProcessInfo.processInfo.environment[variable].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// Whether convolutions can be computed by tiles.
  var hasTiles: Bool { self == .amx || self == .amxEmulated }

  /// The set as the kernels name it.
  var kernels: ck_isa { ck_isa(kernelSet) }
}

extension InstructionSet: CustomStringConvertible {
  /// The name of the set.
  public var description: String { name }
}
