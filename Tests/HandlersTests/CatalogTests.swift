import Handlers
import Testing
import WorkerCore

@Suite("catalogue of plugins")
struct CatalogTests {
    @Test("names are distinct and fit into the configuration and its variables")
    func names() {
        let names = HandlerCatalog.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names { #expect(name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, "\(name)") }
    }

    @Test("every plugin says in one line what it does")
    func summaries() {
        for plugin in HandlerCatalog.all { #expect(!plugin.summary.isEmpty && !plugin.summary.contains("\n"), "\(plugin.name)") }
    }
}
