/// The instructions of the pickle format that the restricted reader carries out.
///
/// Instructions that reach for anything outside the file (persistent and extension objects, instances,
/// out-of-band buffers), sets, and the text instructions of protocols 0 and 1 are missing on purpose.
///
/// Source: Python's `pickletools`, protocols 2 to 5.
enum PickleOpcode: UInt8 {
  case protocolVersion = 0x80
  case frame = 0x95
  case stop = 0x2e

  case mark = 0x28
  case pop = 0x30
  case popMark = 0x31
  case duplicate = 0x32

  case none = 0x4e
  case newTrue = 0x88
  case newFalse = 0x89
  case integer1 = 0x4b
  case integer2 = 0x4d
  case integer4 = 0x4a
  case long1 = 0x8a
  case long4 = 0x8b
  case float = 0x47

  case shortText = 0x8c
  case text = 0x58
  case text8 = 0x8d
  case shortBytes = 0x43
  case bytes = 0x42
  case bytes8 = 0x8e
  case byteArray8 = 0x96
  case shortOldString = 0x55
  case oldString = 0x54

  case emptyTuple = 0x29
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case tuple = 0x74
  case emptyList = 0x5d
  case list = 0x6c
  case append = 0x61
  case appends = 0x65
  case emptyDictionary = 0x7d
  case dictionary = 0x64
  case setItem = 0x73
  case setItems = 0x75

  case global = 0x63
  case stackGlobal = 0x93
  case reduce = 0x52
  case build = 0x62

  case put1 = 0x71
  case put4 = 0x72
  case memoize = 0x94
  case get1 = 0x68
  case get4 = 0x6a
}
