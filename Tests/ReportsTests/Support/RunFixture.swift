import Foundation

/// A folder with the files of a run, which vanishes with its test.
final class RunFixture {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent(
    "lens-reports-\(UUID().uuidString)"
  ).path

  init(_ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, as: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a text file; makes its sub-folder.
  func write(_ text: String, as name: String) throws {
    try write(Data(text.utf8), as: name)
  }

  /// Writes a file; makes its sub-folder.
  func write(_ bytes: Data, as name: String) throws {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  /// The manifest of a run with two methods.
  static let manifest = """
    {"version": "0.1.0", "commandLine": ["/a/b/lens", "explain", "my model.h5", "--key", "x"],
     "options": {"target": "top", "score": "logit", "threads": "2"}, "seed": 7, "items": 2,
     "model": {"path": "models/net.h5", "sha256": "abc"}, "inputs": [{"path": "in/data.h5", "sha256": "def"}],
     "methods": [{"id": "gradient", "parameters": {}, "notes": ["a note"]},
                 {"id": "grad-cam", "parameters": {"layer": "conv"}, "passes": 3000, "notes": []}]}
    """

  static let summaryHeader =
    "item,method,layer,target,target_name,score,score_space,baseline_score,attribution_sum,completeness_gap,minimum,maximum,seconds\n"

  /// A signal of four samples and its map.
  static let signal = "position,input,attribution\n0,1.5,0.25\n1,-2.0,-0.5\n2,0.0,0.0\n3,4.0,1.0\n"

  /// An explanation of two signals by two methods.
  static func explanation() throws -> RunFixture {
    var files = ["manifest.json": manifest]
    var summary = summaryHeader
    for item in ["x-0", "x-1"] {
      for method in ["gradient", "grad-cam"] {
        files["\(item).\(method).csv"] = signal
        summary += "\(item),\(method),,3,three,1.25,logit,,0.75,1.5e-07,-0.5,1.0,0.001234\n"
      }
    }
    files["summary.csv"] = summary
    files["regions.csv"] = "item,method,region,sign,start,end,sum\nx-0,gradient,1,positive,3,4,1.0\n"
    return try RunFixture(files)
  }

  /// An evaluation of two methods by one metric that is better low and one that is better high.
  static func evaluation() throws -> RunFixture {
    try RunFixture([
      "manifest.json": """
      {"version": "0.1.0", "commandLine": ["lens", "evaluate"], "items": 9, "methods": [],
       "metrics": [{"id": "deletion", "name": "Deletion", "direction": "lower", "family": "faithfulness", "parameters": {"steps": 20}},
                   {"id": "insertion", "name": "Insertion", "direction": "higher", "family": "faithfulness", "parameters": {}}]}
      """,
      "scores.csv": "item,method,metric,value\nx-0,a,deletion,0.5\nx-0,b,deletion,\n",
      "table.csv": """
      method,metric,items,mean,standard_error,ci_low,ci_high,rank
      a,deletion,9,0.25,0.01,0.2,0.3,1
      b,deletion,9,0.75,0.01,0.7,0.8,2
      a,insertion,9,0.125,0.01,0.1,0.15,2
      b,insertion,9,0.625,0.01,0.6,0.65,1
      c,insertion,9,,,,,

      """.replacing("\n\n", with: "\n"),
      "curves.csv":
        "method,metric,fraction,mean,standard_error\na,deletion,0.0,1.0,0.1\na,deletion,1.0,0.0,0.1\n",
      "significance.csv":
        "metric,method,other,items,median_difference,statistic,p,p_holm\ndeletion,a,b,9,-0.5,0.0,0.004,0.008\n",
      "classification.csv":
        "class,name,support,accuracy,auc\n0,cat,5,0.9,0.95\n1,dog,4,0.8,0.95\nall,,9,0.85,\n",
      "confusion.csv": "label,predicted,count\n0,0,4\n0,1,1\n1,0,0\n1,1,4\n",
      "roc.csv":
        "class,threshold,false_positive_rate,true_positive_rate\n0,inf,0.0,0.0\n0,0.5,0.0,1.0\n0,0.0,1.0,1.0\n",
    ])
  }
}
