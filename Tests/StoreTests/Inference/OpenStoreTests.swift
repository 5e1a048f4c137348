import Foundation
import Testing

@testable import Store

struct OpenStoreTests {
    /// Writes files into a new folder, and removes it afterwards.
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("crmq-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        try body(folder.path)
    }

    private let files = [
        "customers.csv": "customerID,companyName,since\nALFKI,Alfreds,1996-07-04\nANATR,Ana,1997-01-01\n",
        "orders.csv":
            "orderID,customerID,orderDate,freight\n10248,ALFKI,1996-07-04,32.38\n10249,ANATR,1996-07-05,11.61\n10250,ALFKI,,1\n",
        "order-details.csv": "orderID,productID,unitPrice\n10248,11,14.00\n10248,42,9.80\n10249,11,18.60\n",
        "products.csv": "productID,productName\n11,Queso\n42,Mee\n",
    ]

    @Test func aFolderOfExportsIsLinked() throws {
        try withFolder(files) { folder in
            let store = try openStore(paths: [folder])
            #expect(
                store.linkNames == [
                    "order.customer -> customer", "order.products -> product", "order_detail.order -> order",
                    "order_detail.product -> product", "product.orders -> order",
                ])
            #expect(store.targets("account.orders") == [[0, 2], [1]])
            #expect(store.schema.entity(named: "orders")?.time == 2)
            let summary = StoreSummary(store)
            #expect(summary.entityCount == 4 && summary.rowCount == 10 && summary.linkCount == 4 && summary.danglingCount == 0)
        }
    }

    @Test func aLicenceBesideTheDataIsNoData() throws {
        try withFolder(files.merging(["LICENSE.txt": "Copyright, all rights\nreserved, and so on\n"]) { $1 }) { folder in
            let store = try openStore(paths: [folder])
            #expect(store.schema.entities.count == 4)
        }
    }

    @Test func aSchemaFileBesideTheDataHolds() throws {
        var files = files
        files["schema.crmq"] = "entity buyer from \"customers.csv\" { joined: date from \"since\" }"
        try withFolder(files) { folder in
            let store = try openStore(paths: [folder])
            #expect(store.schema.entity(named: "buyers")?.fields.map(\.name) == ["customer_id", "company_name", "joined"])
            #expect(store.linkNames.contains("order.customer -> buyer"))
        }
        files["schema.crmq"] = "entity buyer from \"customers.csv\" {"
        try withFolder(files) { folder in
            #expect(throws: SchemaFileError.self) { try openStore(paths: [folder]) }
        }
    }

    @Test func theSchemaSavedBesideTheDataIsTheSame() throws {
        try withFolder(files) { folder in
            let first = schemaText(try openStore(paths: [folder]))
            try first.write(toFile: folder + "/schema.crmq", atomically: true, encoding: .utf8)
            #expect(schemaText(try openStore(paths: [folder])) == first)
        }
    }
}
