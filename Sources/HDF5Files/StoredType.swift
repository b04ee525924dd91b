import HDF5Shims

extension HDF5ElementType {
  /// Says what a type of libhdf5 is.
  ///
  /// Numbers of unusual layout (odd widths, fields at odd places) count as `other`: nothing that trains networks
  /// writes them, and the converter of libhdf5 is not to be trusted with layouts that a damaged file invents.
  init(of type: Handle) {
    let size = H5Tget_size(type.id)
    switch H5Tget_class(type.id) {
    case H5T_FLOAT: self = Self.float(of: type, size: size)
    case H5T_INTEGER: self = Self.integer(of: type, size: size)
    case H5T_STRING: self = .string
    case H5T_ENUM: self = Self.isBoolean(type, size: size) ? .boolean : .other("enumeration")
    case H5T_COMPOUND: self = .other("compound")
    case H5T_ARRAY: self = .other("array")
    case H5T_VLEN: self = .other("lists of varying length")
    case H5T_OPAQUE: self = .other("opaque bytes")
    case H5T_BITFIELD: self = .other("bit field")
    case H5T_REFERENCE: self = .other("references")
    case H5T_TIME: self = .other("time")
    default: self = .other("unknown type")
    }
  }

  private static func integer(of type: Handle, size: Int) -> Self {
    guard [1, 2, 4, 8].contains(size), isPlain(type, size: size) else {
      return .other("integer of unusual layout")
    }
    return .integer(bits: size * 8, signed: H5Tget_sign(type.id) == H5T_SGN_2)
  }

  private static func float(of type: Handle, size: Int) -> Self {
    var fields = (sign: 0, exponent: 0, exponentBits: 0, fraction: 0, fractionBits: 0)
    let known: [Int: [(exponentBits: Int, bias: Int)]] = [
      2: [(5, 15), (8, 127)], 4: [(8, 127)], 8: [(11, 1023)],
    ]
    guard
      H5Tget_fields(
        type.id, &fields.sign, &fields.exponent, &fields.exponentBits, &fields.fraction, &fields.fractionBits)
        >= 0,
      let layouts = known[size], isPlain(type, size: size),
      layouts.contains(where: { (fields.exponentBits, H5Tget_ebias(type.id)) == ($0.exponentBits, $0.bias) }),
      fields.sign == size * 8 - 1, fields.fraction == 0,
      fields.exponent == fields.fractionBits,
      fields.exponent + fields.exponentBits == fields.sign,
      H5Tget_norm(type.id) == H5T_NORM_IMPLIED
    else { return .other("float of unusual layout") }
    return .float(bits: size * 8)
  }

  /// Whether every bit counts and the byte order is an ordinary one.
  private static func isPlain(_ type: Handle, size: Int) -> Bool {
    let order = H5Tget_order(type.id)
    return H5Tget_precision(type.id) == size * 8 && H5Tget_offset(type.id) == 0
      && (order == H5T_ORDER_LE || order == H5T_ORDER_BE)
  }

  /// Whether an enumeration is FALSE = 0, TRUE = 1 over bytes.
  private static func isBoolean(_ type: Handle, size: Int) -> Bool {
    guard size == 1, H5Tget_nmembers(type.id) == 2 else { return false }
    var values: [String: Int8] = [:]
    for index in 0..<UInt32(2) {
      var value = Int8(0)
      guard let name = H5Tget_member_name(type.id, index) else { return false }
      defer { H5free_memory(name) }
      guard H5Tget_member_value(type.id, index, &value) >= 0 else { return false }
      values[String(cString: name)] = value
    }
    return values == ["FALSE": 0, "TRUE": 1]
  }
}
