/// The rules of a converter.
/// - SeeAlso: Agora, Media Push, RESTful API, create and update a converter.
extension FieldCheck {
    mutating func newConverter(_ converter: JSONValue) {
        name(converter["name"] == "" ? nil : converter["name"], "name")
        require(converter["rtmpUrl"] != nil, "rtmpUrl")
        address(converter["rtmpUrl"], schemes: ["rtmp", "rtmps"], "rtmpUrl")
        whole(converter["idleTimeout"] ?? converter["idleTimeOut"], 1...Int64(Int32.max), "idleTimeout")
        whole(converter["jitterBufferSizeMs"], 0...1000, "jitterBufferSizeMs")
        let (transcoding, raw) = (converter["transcodeOptions"], converter["rawOptions"])
        require((transcoding == nil) != (raw == nil), "transcodeOptions")
        if let raw {
            channel(raw["rtcChannel"], "rawOptions.rtcChannel")
            require(raw["rtcStreamUid"]?.whole != nil, "rawOptions.rtcStreamUid")
        }
        guard let transcoding else { return }
        channel(transcoding["rtcChannel"], "transcodeOptions.rtcChannel")
        if let audio = transcoding["audioOptions"] { self.audio(audio) }
        if let video = transcoding["videoOptions"] {
            require(video["canvas"] != nil, "transcodeOptions.videoOptions.canvas")
            require(video["bitrate"] != nil, "transcodeOptions.videoOptions.bitrate")
            self.video(video)
        }
    }

    mutating func converterUpdate(_ change: JSONValue, of converter: JSONValue) {
        let fixed = [
            "name", "idleTimeout", "idleTimeOut", "rawOptions", "transcodeOptions.audioOptions.codecProfile",
            "transcodeOptions.audioOptions.sampleRate", "transcodeOptions.audioOptions.bitrate",
            "transcodeOptions.audioOptions.audioChannels", "transcodeOptions.videoOptions.codec",
            "transcodeOptions.videoOptions.codecProfile",
        ]
        for path in fixed { require(change[path: path] == nil, path) }
        if let channel = change[path: "transcodeOptions.rtcChannel"] {
            require(channel == converter[path: "transcodeOptions.rtcChannel"], "transcodeOptions.rtcChannel")
        }
        address(change["rtmpUrl"], schemes: ["rtmp", "rtmps"], "rtmpUrl")
        guard let options = change["transcodeOptions"] else { return }
        require(converter["transcodeOptions"] != nil, "transcodeOptions")
        require(converter[path: "transcodeOptions.videoOptions.layoutType"] != 1, "transcodeOptions")
        for kind in ["audioOptions", "videoOptions"] where options[kind] != nil {
            require(converter[path: "transcodeOptions.\(kind)"] != nil, "transcodeOptions.\(kind)")
        }
        if let audio = options["audioOptions"] { self.audio(audio) }
        if let video = options["videoOptions"] { self.video(video) }
    }

    private mutating func audio(_ audio: JSONValue) {
        let path = "transcodeOptions.audioOptions"
        oneOf(audio["codecProfile"], ["LC-AAC", "HE-AAC"], "\(path).codecProfile")
        oneOf(audio["sampleRate"], [32_000, 44_100, 48_000], "\(path).sampleRate")
        whole(audio["bitrate"], 32...128, "\(path).bitrate")
        whole(audio["audioChannels"], 1...2, "\(path).audioChannels")
        for volume in audio["volumes"]?.elements ?? [] {
            whole(volume["volume"], 0...200, "\(path).volumes")
            let heard = audio["rtcStreamUids"]?.elements ?? []
            require(volume["rtcStreamUid"].map(heard.contains) ?? false, "\(path).volumes")
        }
    }

    private mutating func video(_ video: JSONValue) {
        let path = "transcodeOptions.videoOptions"
        if let canvas = video["canvas"], (canvas["width"], canvas["height"]) != (16, 16) {
            for side in ["width", "height"] {
                require(canvas[side] != nil, "\(path).canvas.\(side)")
                whole(canvas[side], 66...1920, "\(path).canvas.\(side)")
            }
        }
        whole(video[path: "canvas.color"], 0...0xFF_FFFF, "\(path).canvas.color")
        whole(video["layoutType"], 0...1, "\(path).layoutType")
        require(video["layoutType"] != 1 || video["vertical"] != nil, "\(path).vertical")
        for element in video["layout"]?.elements ?? [] {
            require((element["rtcStreamUid"] == nil) != (element["imageUrl"] == nil), "\(path).layout")
            require(element["region"]?.members != nil, "\(path).layout.region")
            whole(element[path: "region.zIndex"], 0...100, "\(path).layout.region.zIndex")
            oneOf(element["fillMode"], ["fill", "fit"], "\(path).layout.fillMode")
        }
        whole(video["bitrate"], 1...10_000, "\(path).bitrate")
        whole(video["frameRate"], 1...30, "\(path).frameRate")
        oneOf(video["codec"], ["H.264", "H.265"], "\(path).codec")
        oneOf(video["codecProfile"], ["high", "High", "baseline", "main"], "\(path).codecProfile")
    }
}
