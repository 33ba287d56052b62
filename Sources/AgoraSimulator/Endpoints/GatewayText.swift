/// What the services answer before, or instead of, looking at a task: the documented texts.
enum GatewayText {
    static let noRoute = APIAnswer.message(404, "no Route matched with those values")

    /// For a status that says it all.
    static func answer(_ status: Int, _ service: AgoraService?) -> APIAnswer {
        switch service {
        case .mediaPush: push(status)
        case .mediaPull: pull(status)
        case .cloudRecording, nil: recording(status)
        }
    }

    private static func push(_ status: Int) -> APIAnswer {
        switch status {
        case 401: .message(status, "Invalid authentication credentials.")
        case 403: .message(status, "No valid permission to use this function. Contact us.")
        case 404: APIAnswer(status, ["reason": "Resource is not found and destroyed."])
        case 409:
            .message(status, "Resource with the same name already exists. Use the existing resource, or delete it and create a new one.")
        case 429: .message(status, "Request rate limit exceeded.")
        case 503: .message(status, "The server is temporarily overloaded.")
        case 504: .message(status, "Gateway timeout. Check whether the resource is created.")
        default: .message(status, "Internal error.")
        }
    }

    private static func pull(_ status: Int) -> APIAnswer {
        switch status {
        case 401: .message(status, "Invalid authentication credentials.")
        case 403: .message(status, "This project has not enabled Cloud Player product yet. Contact us to enable it.")
        case 404: .message(status, "Resource is not found and destroyed.")
        case 409: .message(status, "Resource with the same name already exists.")
        case 429: .message(status, "Request rate limit exceeded.")
        case 502: .message(status, "Internal errors.")
        case 503: .message(status, "Service unavailable temporarily.")
        case 504: .message(status, "Gateway timeout. Query to check whether the player has been created.")
        default: .message(status, "Some internal error happened.")
        }
    }

    private static func recording(_ status: Int) -> APIAnswer {
        switch status {
        case 206: .code(status, 65, "request not completed")
        case 401: .message(status, "Invalid authentication credentials")
        case 404: .code(status, 404, "failed to find worker")
        case 429: .message(status, "API rate limit exceeded")
        case 500: .code(status, 500, "internal_error")
        case 504: .code(status, 62, "request timeout")
        default: .message(status, "An unexpected error occurred")
        }
    }
}
