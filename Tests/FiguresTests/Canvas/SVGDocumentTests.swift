import Figures
import Foundation
import Testing

@Suite struct SVGDocumentTests {
  @Test func identifiersAreCountedAnew() {
    let source = """
      <svg width="9"><g id="surface7"/><image id="image31"/><use xlink:href="#image31"/><g clip-path="url(#clip4)"/></svg>
      """
    let expected = """
      <svg width="9">
      <title>A &amp; B</title>
      <desc>1 &lt; 2</desc><g id="n1"/><image id="n2"/><use xlink:href="#n2"/><g clip-path="url(#n3)"/></svg>
      """
    let result = SVGDocument.stable(Data(source.utf8), title: "A & B", summary: "1 < 2")
    #expect(String(decoding: result, as: UTF8.self) == expected)
  }

  @Test func everyMarkIsEscapedEvenUnderACombiningOne() {
    #expect(SVGDocument.escaped("<\u{338}a> & é") == "&lt;\u{338}a&gt; &amp; é")
  }

  @Test func brokenDocumentsComeBackWhole() {
    for source in ["", "<svg ", "<svg id=\"", "url(#"] {
      let result = SVGDocument.stable(Data(source.utf8), title: "", summary: "")
      #expect(String(decoding: result, as: UTF8.self) == source)
    }
  }
}
