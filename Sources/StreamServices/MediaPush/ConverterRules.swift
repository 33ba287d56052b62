/// The documented rules of a converter.
/// - SeeAlso: Agora, Media Push, RESTful API, create and update a converter; best practices, integration checklist.
extension CallRules {
    mutating func newConverter(_ converter: ConverterSpec) {
        converterFields(converter)
        require(converter.rtmpUrl != nil, "rtmpUrl", "is needed")
        let kinds = (converter.transcodeOptions != nil ? 1 : 0) + (converter.rawOptions != nil ? 1 : 0)
        require(kinds == 1, "transcodeOptions", "or `rawOptions` is needed, and not both")
        if let options = converter.transcodeOptions {
            part("transcodeOptions") { rules in
                rules.require(options.rtcChannel != nil, "rtcChannel", "is needed")
                if let video = options.videoOptions {
                    rules.require(video.canvas != nil, "videoOptions.canvas", "is needed")
                    rules.require(video.bitrate != nil, "videoOptions.bitrate", "is needed")
                }
            }
        }
    }

    /// What Update cannot change must not be in its body.
    mutating func converterUpdate(_ converter: ConverterSpec) {
        converterFields(converter)
        let options = converter.transcodeOptions
        let fixed: [(isSet: Bool, field: String)] = [
            (converter.name != nil, "name"), (converter.idleTimeout != nil, "idleTimeout"), (converter.rawOptions != nil, "rawOptions"),
            (converter.jitterBufferSizeMs != nil, "jitterBufferSizeMs"), (options?.rtcChannel != nil, "transcodeOptions.rtcChannel"),
            (options?.audioOptions?.codecProfile != nil, "transcodeOptions.audioOptions.codecProfile"),
            (options?.audioOptions?.sampleRate != nil, "transcodeOptions.audioOptions.sampleRate"),
            (options?.audioOptions?.bitrate != nil, "transcodeOptions.audioOptions.bitrate"),
            (options?.audioOptions?.audioChannels != nil, "transcodeOptions.audioOptions.audioChannels"),
            (options?.videoOptions?.codec != nil, "transcodeOptions.videoOptions.codec"),
            (options?.videoOptions?.codecProfile != nil, "transcodeOptions.videoOptions.codecProfile"),
        ]
        for (isSet, field) in fixed { require(!isSet, field, "cannot be changed by Update; delete the converter and create it anew") }
        require(options?.videoOptions?.layoutType != 1, "transcodeOptions.videoOptions", "cannot be changed with `layoutType` 1")
        require(converter.rtmpUrl != nil || options != nil, "rtmpUrl", "or something else has to change")
    }

    private mutating func converterFields(_ converter: ConverterSpec) {
        name(converter.name)
        if let address = converter.rtmpUrl { self.address(address, schemes: ["rtmp", "rtmps"], "rtmpUrl") }
        if let seconds = converter.idleTimeout { require(seconds > 0, "idleTimeout", "must be greater than 0") }
        range(converter.jitterBufferSizeMs, 0...1000, "jitterBufferSizeMs")
        if let raw = converter.rawOptions { channel(raw.rtcChannel, "rawOptions.rtcChannel") }
        guard let options = converter.transcodeOptions else { return }
        part("transcodeOptions") { rules in
            if let name = options.rtcChannel { rules.channel(name, "rtcChannel") }
            if let audio = options.audioOptions { rules.part("audioOptions") { $0.audio(audio) } }
            if let video = options.videoOptions { rules.part("videoOptions") { $0.video(video) } }
        }
    }

    private mutating func audio(_ audio: ConverterSpec.AudioOptions) {
        oneOf(audio.codecProfile, ["LC-AAC", "HE-AAC"], "codecProfile")
        oneOf(audio.sampleRate, [32_000, 44_100, 48_000], "sampleRate")
        range(audio.bitrate, 32...128, "bitrate")
        range(audio.audioChannels, 1...2, "audioChannels")
        for volume in audio.volumes ?? [] {
            range(volume.volume, 0...200, "volumes.volume")
            let isHeard = audio.rtcStreamUids?.contains(volume.rtcStreamUid) ?? false
            require(isHeard, "volumes.rtcStreamUid", "must be one of `rtcStreamUids`: \(volume.rtcStreamUid) is not")
        }
    }

    private mutating func video(_ video: ConverterSpec.VideoOptions) {
        if let canvas = video.canvas, (canvas.width, canvas.height) != (16, 16) {
            range(canvas.width, 66...1920, "canvas.width")
            range(canvas.height, 66...1920, "canvas.height")
        }
        range(video.canvas?.color, 0...0xFF_FFFF, "canvas.color")
        range(video.layoutType, 0...1, "layoutType")
        require(video.layoutType != 1 || video.vertical != nil, "vertical", "is needed with `layoutType` 1")
        for element in video.layout ?? [] {
            require(
                (element.rtcStreamUid == nil) != (element.imageUrl == nil), "layout", "elements have `rtcStreamUid` or `imageUrl`, not both"
            )
            range(element.region.zIndex, 0...100, "layout.region.zIndex")
            oneOf(element.fillMode, ["fill", "fit"], "layout.fillMode")
        }
        range(video.bitrate, 1...10_000, "bitrate")
        range(video.frameRate, 1...30, "frameRate")
        oneOf(video.codec, ["H.264", "H.265"], "codec")
        oneOf(video.codecProfile?.lowercased(), ["high", "baseline", "main"], "codecProfile")
        let customized = video.seiOptions?.source?.customized
        require(
            (customized?.prefixForAgoraSei?.utf8.count ?? 0) <= 32, "seiOptions.source.customized.prefixForAgoraSei", "has 32 bytes at most"
        )
        require((customized?.payload?.utf8.count ?? 0) <= 4096, "seiOptions.source.customized.payload", "has 4096 bytes at most")
    }
}
