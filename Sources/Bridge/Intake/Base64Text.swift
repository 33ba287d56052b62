import Foundation

enum Base64Text {
    static func of(_ bytes: [UInt8]) -> [UInt8] { [UInt8](Data(bytes).base64EncodedData()) }
}
