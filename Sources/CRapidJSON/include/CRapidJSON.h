#ifndef MEDIAWORKER_CRAPIDJSON_H
#define MEDIAWORKER_CRAPIDJSON_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { crapidjson_object, crapidjson_array, crapidjson_text, crapidjson_number, crapidjson_true, crapidjson_false, crapidjson_null };

// One value, or the name of a field. An object's token is followed by name, value, name, value; an array's by its elements.
typedef struct {
    // In the document's text, unescaped; only texts and numbers have any.
    int32_t start, end;
    // The token that does not belong to this value any more.
    int32_t next;
    int32_t kind;
} crapidjson_token;

typedef struct {
    const crapidjson_token *tokens;
    const uint8_t *text;
    // What tokens and text live in; NULL if parsing failed.
    void *storage;
    // A name has a blank at one of its ends.
    int32_t has_padded_names;
    // The first thing wrong, in words that live for ever, and where, in bytes from 0.
    const char *fault;
    size_t fault_at;
} crapidjson_document;

// Parses one value and nothing behind it: RFC 8259, at most `depth` levels.
// The bytes must be valid UTF-8.
crapidjson_document crapidjson_parse(const uint8_t *bytes, size_t count, int32_t depth);

// The place of the value of an object's first field with this name; -1 if it has none. Without one, a name with blanks at its ends
// counts too: some vendors have sent such.
static inline int32_t crapidjson_field(const crapidjson_document *document, int32_t object, const uint8_t *name, size_t length) {
    const crapidjson_token *tokens = document->tokens;
    for (int32_t place = object + 1; place < tokens[object].next; place = tokens[place + 1].next) {
        const crapidjson_token found = tokens[place];
        if ((size_t)(found.end - found.start) == length && memcmp(document->text + found.start, name, length) == 0) return place + 1;
    }
    if (!document->has_padded_names) return -1;
    for (int32_t place = object + 1; place < tokens[object].next; place = tokens[place + 1].next) {
        int32_t start = tokens[place].start, end = tokens[place].end;
        while (start < end && document->text[start] == ' ') ++start;
        while (start < end && document->text[end - 1] == ' ') --end;
        if ((size_t)(end - start) == length && memcmp(document->text + start, name, length) == 0) return place + 1;
    }
    return -1;
}

void crapidjson_free(void *storage);

#ifdef __cplusplus
}
#endif
#endif
