import Foundation
import Testing

/// `lens train` as a process, with networks that train in a moment.
@Suite struct TrainTests {
  /// A recipe with everything that draws or remembers: dropout, batch normalisation, augmentation, moments, averages, validation.
  static let recipe = """
    name: tiny
    seed: 3
    model:
      input: [220, 1]
      layers:
        - convolution: {filters: 4, kernel: 9, stride: 4, padding: same, name: conv}
        - batch-normalization: {name: norm}
        - activation: relu
        - pooling: {size: 4}
        - dropout: 0.2
        - global-pooling: average
        - dense: {units: 5, activation: softmax, name: dense}
    data:
      train: {generate: beats, count: 16, part: train}
      test: {generate: beats, count: 16, part: test}
      validation: 0.25
    augmentation:
      - scale: {range: [0.9, 1.1]}
      - noise: 0.01
    epochs: 4
    batch: 16
    optimizer: adamw
    learning-rate: 0.01
    ema: 0.9
    """

  static let files = [
    "best.h5", "checkpoint.h5", "history.csv", "last.h5", "learning-curve.png", "manifest.json",
    "recipe.yaml",
  ]

  private let folder: TemporaryFolder
  private let recipe: String

  init() throws {
    folder = try TemporaryFolder()
    recipe = try folder.write(Self.recipe, as: "tiny.yaml")
  }

  private func train(_ arguments: String..., to name: String) throws -> LensProcess {
    try LensProcess(["train"] + arguments + ["--output", "\(folder.path)/\(name)"])
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
  }

  /// The history without the column of seconds.
  private func history(_ name: String) throws -> [Substring] {
    String(decoding: try bytes("\(name)/history.csv"), as: UTF8.self).split(separator: "\n")
      .map { $0[..<($0.lastIndex(of: ",") ?? $0.endIndex)] }
  }

  @Test func aTrainingWritesItsFiles() throws {
    let run = try train(recipe, to: "run")
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(folder.files().filter { $0.hasPrefix("run/") } == Self.files.map { "run/\($0)" })
    #expect(run.output.contains("test accuracy ") && run.output.contains("trained 4 epochs in "))
    #expect(run.errors.contains("epoch 4/4: loss "))
    #expect(try history("run").count == 5)
    #expect(try history("run")[0] == "epoch,learning_rate,loss,accuracy,val_loss,val_accuracy")
    let manifest = try JSONSerialization.jsonObject(with: try bytes("run/manifest.json")) as? [String: Any]
    #expect((manifest?["items"] as? [String: Int]) == ["training": 48, "validation": 16, "test": 16])
    #expect((manifest?["test"] as? [String: Double])?["accuracy"] != nil)
    #expect((manifest?["classes"] as? [String])?.first == "normal")
    // What was trained is a model like any other, and the copy of the recipe trains the same one.
    let summary = try LensProcess(["summary", "\(folder.path)/run/best.h5"])
    #expect(summary.exitCode == 0 && summary.output.contains("BatchNormalization"))
    let again = try train("\(folder.path)/run/recipe.yaml", "--threads", "1", "--quiet", to: "again")
    #expect(again.exitCode == 0 && again.output.isEmpty && again.errors.isEmpty)
    #expect(try bytes("again/last.h5") == bytes("run/last.h5"))
    #expect(try bytes("again/recipe.yaml") == bytes("run/recipe.yaml"))
  }

  @Test func goingOnGivesTheSameBytes() throws {
    #expect(try train(recipe, "--epochs", "5", "--quiet", to: "whole").exitCode == 0)
    #expect(try train(recipe, "--epochs", "2", "--quiet", to: "parts").exitCode == 0)
    #expect(try train(recipe, "--resume", "--epochs", "3", "--quiet", to: "parts").exitCode == 0)
    #expect(try train("--resume", "--epochs", "5", "--quiet", to: "parts").exitCode == 0)
    for name in ["last.h5", "best.h5"] {
      #expect(try bytes("parts/\(name)") == bytes("whole/\(name)"), "\(name)")
    }
    #expect(try history("parts") == history("whole"))
    #expect(try history("parts").count == 6)
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func interruptedTrainingsGoOn(_ signal: Int32) throws {
    let path = "\(folder.path)/parts"
    let run = try LensProcess(
      ["train", recipe, "--epochs", "100000", "--output", path],
      interruptedOnce: { FileManager.default.fileExists(atPath: "\(path)/checkpoint.h5") }, by: signal)
    if signal == SIGINT {
      #expect(run.exitCode == 130)
      #expect(run.errors.contains("of 100000 epochs; 'lens train --resume --output \(path)' goes on"))
    } else {
      #expect(run.exitCode == -SIGKILL)
    }
    let finished = try history("parts").count - 1
    #expect(finished >= 1)
    let epochs = "\(finished + 3)"
    let resumed = try train("--resume", "--epochs", epochs, "--quiet", to: "parts")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(try train(recipe, "--epochs", epochs, "--quiet", to: "whole").exitCode == 0)
    #expect(try bytes("parts/last.h5") == bytes("whole/last.h5"))
    #expect(try history("parts") == history("whole"))
  }

  @Test func aTrainingIsNotWrittenOver() throws {
    let path = "\(folder.path)/run"
    #expect(try train(recipe, "--epochs", "1", "--quiet", to: "run").exitCode == 0)
    let second = try train(recipe, to: "run")
    #expect(second.exitCode == 64)
    #expect(
      second.errors
        == "lens: '\(path)' holds a training already; go on with it (--resume), replace it (--force) or name another --output\n"
    )
    let other = try train(recipe, "--resume", "--set", "batch=8", to: "run")
    #expect(other.exitCode == 64)
    #expect(
      other.errors
        == "lens: the training in '\(path)' followed another recipe, which differs in batch; "
        + "leave the recipe out to go on with that one, or start anew with --force\n")
    #expect(try train(recipe, "--epochs", "1", "--force", "--quiet", to: "run").exitCode == 0)
    let missing = try train(recipe, "--resume", to: "none")
    #expect(missing.exitCode == 66)
    #expect(
      missing.errors
        == "lens: '\(folder.path)/none' holds no training with a checkpoint to go on from; check --output, or start without --resume\n"
    )
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/none"))
  }

  /// A learning rate beyond all measure: the sentence names epoch and step, and the last weights stay.
  @Test func aLossThatIsNotFiniteEndsTheTraining() throws {
    let run = try train(
      recipe, "--set", "learning-rate=1000", "--set", "optimizer={sgd: {momentum: 0.99}}", "--set",
      "batch=4", "--set", "loss=mean-squared-error", "--set", "model.layers.6.dense.activation=linear",
      "--quiet", to: "run")
    #expect(run.exitCode == 65, "\(run.errors)")
    #expect(run.errors.contains("the loss became ") && run.errors.contains(" in step "))
    #expect(run.errors.contains("'\(folder.path)/run/last.h5' holds the weights from "))
    #expect(try LensProcess(["summary", "\(folder.path)/run/last.h5"]).exitCode == 0)
  }

  @Test func aModelIsTunedFurther() throws {
    #expect(try train(recipe, "--quiet", to: "first").exitCode == 0)
    let data = try folder.write(
      (["0,1,2,label"] + (0..<8).map { "\($0),\($0 % 3),1,\($0 % 2)" }).joined(separator: "\n"),
      as: "rows.csv")
    let wrong = try train(
      recipe, "--from", "\(folder.path)/first/last.h5", "--set",
      "data={train: {file: '\(data)', label-column: label}}",
      to: "wrong")
    #expect(wrong.exitCode == 64 || wrong.exitCode == 65)
    #expect(wrong.errors.contains("'--set data': 'data.train' cannot be used: "))
    let tuned = try train(
      recipe, "--from", "\(folder.path)/first/last.h5", "--freeze-until", "norm", "--epochs", "1", "--quiet",
      to: "tuned")
    #expect(tuned.exitCode == 0, "\(tuned.errors)")
    let unknown = try train(
      recipe, "--from", "\(folder.path)/first/last.h5", "--freeze-until", "conv9", to: "unknown")
    #expect(unknown.exitCode == 64)
    #expect(unknown.errors.contains("the model has no layer 'conv9'"))
    let head = try train(
      recipe, "--from", "\(folder.path)/first/last.h5", "--replace-head", "3", to: "head")
    #expect(head.exitCode == 65)
    #expect(head.errors.contains("the items of 'beats' are of 5 classes, but the model takes items of 3"))
  }

  /// The saves of hours would all fail.
  @Test func aModelThatCouldNotBeWrittenIsRefusedBeforeTraining() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let model = tests.appendingPathComponent(
      "KerasFormatTests/Resources/root-mean-square-normalization-k3.h5"
    ).path
    let run = try train(recipe, "--from", model, to: "refused")
    #expect(run.exitCode == 64, "\(run.errors)")
    #expect(
      run.errors.contains("layer 'rms_normalization' (RMSNormalization) cannot be written as Keras file: "))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/refused/history.csv"))
  }

  @Test func recipesAreListedAndShown() throws {
    let list = try LensProcess(["train", "--list"])
    #expect(list.exitCode == 0)
    for name in ["mnist1d-cnn", "vgg7", "beats-cnn"] {
      #expect(list.output.contains(name))
      let shown = try LensProcess(["train", "--show", name])
      #expect(shown.exitCode == 0 && shown.output.hasPrefix("# ") && shown.output.contains("\nmodel:\n"))
    }
    let none = try LensProcess(["train", "--show", "resnet"])
    #expect(none.exitCode == 66 && none.errors.contains("mnist1d-cnn, vgg7, beats-cnn"))
  }

  @Test func mistakesHaveTheirExitCodes() throws {
    let missing = try train("none.yaml", to: "run")
    #expect(missing.exitCode == 66 && missing.errors.contains("neither a file 'none.yaml'"))
    let text = try folder.write(Self.recipe + "\nepoch: 3\n", as: "wrong.yaml")
    let wrong = try train(text, to: "run")
    #expect(wrong.exitCode == 65)
    #expect(
      wrong.errors.hasPrefix(
        "lens: '\(text)', line 25: the key 'epoch' is not known; expected name, seed, model, "))
    let usage = try LensProcess(["train"])
    #expect(usage.exitCode == 64 && usage.errors.contains("a recipe is missing"))
    let both = try train(recipe, "--resume", "--force", to: "run")
    #expect(both.exitCode == 64)
    let data = try train(recipe, "--set", "data.train=nothing.h5", to: "run")
    #expect(
      data.exitCode == 66
        && data.errors.contains("'data.train' should name a file or folder, but there is none at "))
  }
}
