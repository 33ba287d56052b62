#ifndef MEDIAWORKER_CXML2_SHIM_H
#define MEDIAWORKER_CXML2_SHIM_H
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

// Errors are read from the context after parsing; nothing is printed.
static inline void cxml2_ignore_error(void *context, xmlErrorPtr error) { (void)context; (void)error; }

// A push parser without DTD, entities and network; NULL when memory is out. Free it with cxml2_free.
static inline xmlParserCtxtPtr cxml2_parser(xmlSAXHandlerPtr sax, void *user) {
    sax->initialized = XML_SAX2_MAGIC;
    sax->serror = cxml2_ignore_error;
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(sax, user, NULL, 0, NULL);
    if (parser) xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    return parser;
}

// Parses one whole document. 1 if it is well formed.
static inline int cxml2_parse(xmlParserCtxtPtr parser, const char *bytes, int count) {
    xmlParseChunk(parser, bytes, count, 1);
    return parser->wellFormed;
}

static inline void cxml2_stop(xmlParserCtxtPtr parser) { xmlStopParser(parser); }

// The parser's words about what is wrong, or NULL. Lives as long as the parser.
static inline const char *cxml2_message(xmlParserCtxtPtr parser) { return parser->lastError.message; }
static inline int cxml2_line(xmlParserCtxtPtr parser) { return parser->lastError.line; }

static inline void cxml2_free(xmlParserCtxtPtr parser) {
    if (parser->myDoc) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
}
#endif
