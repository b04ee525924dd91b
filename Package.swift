// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

/// A Swift target of ours: language mode 6, warnings are errors.
func target(_ name: String, uses dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one target, with the files they read.
func tests(
  of name: String, uses dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    resources: resources, swiftSettings: strict)
}

/// A C target that makes system libraries callable from Swift.
func shim(_ name: String, over systems: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: systems, cSettings: strictC)
}

/// A library that the system's package manager installs.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
  name: "SignalLens",
  products: [
    .library(name: "SignalLens", targets: ["SignalLens"]),
    .executable(name: "lens", targets: ["lens"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Numbers
    .target(name: "CKernels", cSettings: strictC),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    target("Boundary", uses: ["CCrypto"]),
    target("TensorCore", uses: ["CKernels", "Boundary"]),
    target("Networks", uses: ["TensorCore"]),
    target("Explainers", uses: ["Networks"]),
    target("Scoring", uses: ["Explainers"]),

    // Files
    system("CHDF5", pkgConfig: "hdf5-serial", apt: "libhdf5-dev"),
    shim("HDF5Shims", over: ["CHDF5"]),
    target("HDF5Files", uses: ["Boundary", "HDF5Shims"]),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    target("Archives", uses: ["Boundary", "CZlib"]),
    target("KerasFormat", uses: ["Networks", "HDF5Files", "Archives"]),
    system("CPNG", pkgConfig: "libpng", apt: "libpng-dev"),
    system("CTIFF", pkgConfig: "libtiff-4", apt: "libtiff-dev"),
    system("CJPEG", pkgConfig: "libjpeg", apt: "libjpeg-dev"),
    shim("ImageShims", over: ["CPNG", "CTIFF", "CJPEG"]),
    target("Images", uses: ["Boundary", "TensorCore", "ImageShims", "CZlib"]),
    target("Datasets", uses: ["Boundary", "TensorCore", "HDF5Files", "Images", "Archives"]),

    // Training. Recipes that come with the program are put into it.
    .target(
      name: "Training",
      dependencies: [
        "Boundary", "Networks", "Datasets", "HDF5Files", "KerasFormat",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("BuiltIn")], swiftSettings: strict),

    // Pictures and tables
    system("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
    target("Figures", uses: ["Explainers", "Images", "CCairo"]),
    // The templates are put into the program itself, so that it needs no folder beside it.
    .target(
      name: "Reports",
      dependencies: ["Figures", "Scoring", .product(name: "Mustache", package: "swift-mustache")],
      resources: [.embedInCode("Templates")], swiftSettings: strict),

    // The library and the command
    target(
      "SignalLens",
      uses: [
        "Boundary", "TensorCore", "Networks", "HDF5Files", "KerasFormat", "Images", "Datasets", "Explainers",
        "Scoring", "Figures", "Reports", "Training",
      ]),
    .executableTarget(
      name: "lens",
      dependencies: [
        "SignalLens", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "lens-bench",
      dependencies: [
        "SignalLens", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "lens-export-check", swiftSettings: strict),
    .executableTarget(
      name: "lens-fuzz", dependencies: ["Boundary", "HDF5Shims", "SignalLens"], swiftSettings: strict),

    // Tests
    .target(
      name: "TestSupport", dependencies: ["Networks", "HDF5Files"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests(of: "Boundary"),
    tests(of: "TensorCore"),
    tests(of: "Networks"),
    tests(of: "HDF5Files", uses: ["HDF5Shims"], resources: [.copy("Resources")]),
    tests(of: "KerasFormat", uses: ["Archives"], resources: [.copy("Resources")]),
    tests(of: "Images", uses: ["CZlib"], resources: [.copy("Resources")]),
    tests(
      of: "Datasets", uses: ["Archives", "Boundary", "TensorCore", "HDF5Files"],
      resources: [.copy("Resources")]),
    tests(of: "Explainers", uses: ["KerasFormat", "Datasets"], resources: [.copy("Resources")]),
    tests(of: "Scoring", uses: ["KerasFormat", "Datasets"], resources: [.copy("Resources")]),
    tests(
      of: "Training", uses: ["KerasFormat", "Networks", "TensorCore", "HDF5Files", "Images", "Boundary"],
      resources: [.copy("Resources")]),
    tests(of: "Figures", uses: ["CCairo"]),
    tests(of: "Reports", uses: ["Scoring"]),
    tests(of: "lens", uses: ["Images"], resources: [.copy("Resources")]),
  ]
)
