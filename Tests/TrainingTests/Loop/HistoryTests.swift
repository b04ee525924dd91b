import Testing
import Training

@Suite struct HistoryTests {
  @Test func tableOfEpochs() {
    var history = History()
    #expect(history.csv == "epoch,learning_rate,loss,accuracy,val_loss,val_accuracy,seconds\n")
    history.append(
      EpochRecord(
        epoch: 1, learningRate: 1e-3, training: TrainingScore(loss: 1.0 / 3, accuracy: 0.5),
        validation: TrainingScore(loss: 2, accuracy: 1), seconds: 0.25))
    history.append(
      EpochRecord(
        epoch: 2, learningRate: 1e-5, training: TrainingScore(loss: 0.1, accuracy: 0.75), validation: nil,
        seconds: 3))
    let lines = history.csv.split(separator: "\n").dropFirst()
    #expect(lines == ["1,0.001,0.3333333333333333,0.5,2.0,1.0,0.25", "2,1e-05,0.1,0.75,,,3.0"])
    #expect(history.epochs.map(\.monitoredLoss) == [2, 0.1])
  }
}
