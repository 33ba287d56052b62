#include "CRapidJSON.h"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <new>
#include <string>
#include <vector>

namespace {

struct Storage {
    std::vector<crapidjson_token> tokens;
    // The document; the parser unescapes texts where they stand.
    std::string text;
};

// Writes down what the parser meets.
class Recorder {
  public:
    Recorder(Storage &storage, int32_t depth) : storage(storage), depth(depth) {}

    bool isTooDeep = false;
    bool hasPaddedNames = false;

    bool Null() { return add(crapidjson_null, storage.text.data(), 0); }
    bool Bool(bool value) { return add(value ? crapidjson_true : crapidjson_false, storage.text.data(), 0); }
    bool RawNumber(const char *text, rapidjson::SizeType length, bool) { return add(crapidjson_number, text, length); }
    bool String(const char *text, rapidjson::SizeType length, bool) { return add(crapidjson_text, text, length); }
    bool Key(const char *text, rapidjson::SizeType length, bool) {
        if (length > 0 && (text[0] == ' ' || text[length - 1] == ' ')) hasPaddedNames = true;
        return add(crapidjson_text, text, length);
    }
    bool StartObject() { return open(crapidjson_object); }
    bool StartArray() { return open(crapidjson_array); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    // Numbers come as RawNumber.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(int64_t) { return false; }
    bool Uint64(uint64_t) { return false; }
    bool Double(double) { return false; }

  private:
    Storage &storage;
    int32_t depth;
    std::vector<int32_t> parents;

    bool add(int32_t kind, const char *text, size_t length) {
        auto start = static_cast<int32_t>(text - storage.text.data());
        auto end = static_cast<int32_t>(start + length);
        storage.tokens.push_back({start, end, static_cast<int32_t>(storage.tokens.size() + 1), kind});
        return true;
    }

    bool open(int32_t kind) {
        isTooDeep = parents.size() >= static_cast<size_t>(depth);
        if (isTooDeep) return false;
        parents.push_back(static_cast<int32_t>(storage.tokens.size()));
        return add(kind, storage.text.data(), 0);
    }

    bool close() {
        storage.tokens[parents.back()].next = static_cast<int32_t>(storage.tokens.size());
        parents.pop_back();
        return true;
    }
};

constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag;

}  // namespace

crapidjson_document crapidjson_parse(const uint8_t *bytes, size_t count, int32_t depth) {
    auto *storage = new (std::nothrow) Storage();
    if (!storage) return {nullptr, nullptr, nullptr, 0, "Out of memory.", 0};
    const char *fault;
    size_t at;
    try {
        storage->tokens.reserve(8 + count / 12);
        storage->text.assign(reinterpret_cast<const char *>(bytes), count);
        Recorder recorder(*storage, depth);
        rapidjson::InsituStringStream stream(&storage->text[0]);
        rapidjson::Reader reader;
        auto result = reader.Parse<flags>(stream, recorder);
        at = result.Offset();
        // A zero byte looks to the parser like the end.
        if (!result.IsError() && stream.Tell() == count) {
            return {storage->tokens.data(), reinterpret_cast<const uint8_t *>(storage->text.data()), storage,
                    recorder.hasPaddedNames ? 1 : 0, nullptr, 0};
        }
        if (!result.IsError()) at = stream.Tell();
        fault = recorder.isTooDeep   ? "Too many levels."
                : result.IsError() ? rapidjson::GetParseError_En(result.Code())
                                   : "More text after the value.";
    } catch (const std::bad_alloc &) {
        fault = "Out of memory.";
        at = 0;
    }
    delete storage;
    return {nullptr, nullptr, nullptr, 0, fault, at};
}

void crapidjson_free(void *storage) { delete static_cast<Storage *>(storage); }
