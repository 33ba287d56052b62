#ifndef MEDIAWORKER_CRAPIDJSON_H
#define MEDIAWORKER_CRAPIDJSON_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { crapidjson_object, crapidjson_array, crapidjson_text, crapidjson_number, crapidjson_true, crapidjson_false, crapidjson_null };

// One value, or the name of a field. An object's token is followed by name, value, name, value; an array's by its elements.
typedef struct {
    // In the document's text, unescaped; of objects and arrays nothing.
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
    // The first thing wrong, in words that live for ever, and where, in bytes from 0.
    const char *fault;
    size_t fault_at;
} crapidjson_document;

// Parses one value and nothing behind it: RFC 8259, valid UTF-8, at most `depth` levels. Names lose blanks at their ends.
crapidjson_document crapidjson_parse(const uint8_t *bytes, size_t count, int32_t depth);

void crapidjson_free(void *storage);

#ifdef __cplusplus
}
#endif
#endif
