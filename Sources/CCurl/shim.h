// Swift cannot call variadic C, so each kind of argument that libcurl takes gets one typed function here.
// Which option wants which type is written in the libcurl manual beside the option's name.
#ifndef MEDIAWORKER_CCURL_SHIM_H
#define MEDIAWORKER_CCURL_SHIM_H

#include <curl/curl.h>
#include <fcntl.h>

/// Once per process, before anything else of libcurl.
static inline CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_ALL); }

static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/// libcurl copies the text; NULL puts the option back to its default.
static inline CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/// libcurl copies `count` bytes, zero bytes among them.
static inline CURLcode ccurl_set_body(CURL *easy, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, count);  // first: the copy needs the size
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, (const char *)bytes);
}

/// Lets go of the copy that `ccurl_set_body` made.
static inline CURLcode ccurl_clear_body(CURL *easy) { return curl_easy_setopt(easy, CURLOPT_POSTFIELDS, NULL); }

/// libcurl borrows the list while the handle uses it.
static inline CURLcode ccurl_set_headers(CURL *easy, struct curl_slist *headers) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

/// `HOST:PORT:ADDRESS:PORT` as the only entry; libcurl borrows the list while the handle uses it. NULL for none.
static inline CURLcode ccurl_set_connect_to(CURL *easy, struct curl_slist *list) {
    return curl_easy_setopt(easy, CURLOPT_CONNECT_TO, list);
}

/// At least CURL_ERROR_SIZE bytes, borrowed until the handle is freed.
static inline CURLcode ccurl_set_error_buffer(CURL *easy, char *buffer) {
    return curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, buffer);
}

/// The callbacks of one handle, all called with the same context.
static inline CURLcode ccurl_set_callbacks(
    CURL *easy, curl_write_callback header, curl_write_callback body, curl_prereq_callback before_sending, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PRIVATE, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_sending);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
    return code;
}

static int ccurl_mark_close_on_exec(void *context, curl_socket_t socket, curlsocktype purpose) {
    (void)context;
    (void)purpose;
    return fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

/// A child process that inherited a connection would keep it open after we closed it.
static inline CURLcode ccurl_set_close_on_exec(CURL *easy) {
    return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, ccurl_mark_close_on_exec);
}

/// 0 when libcurl does not know.
static inline long ccurl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/// -1 when libcurl does not know.
static inline curl_off_t ccurl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = -1;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : -1;
}

/// Of a handle that only connects; -1 when there is no connection.
static inline curl_socket_t ccurl_get_socket(CURL *easy) {
    curl_socket_t value = CURL_SOCKET_BAD;
    return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &value) == CURLE_OK ? value : CURL_SOCKET_BAD;
}

/// What `ccurl_set_callbacks` was given.
static inline void *ccurl_get_context(CURL *easy) {
    char *context = NULL;
    return curl_easy_getinfo(easy, CURLINFO_PRIVATE, &context) == CURLE_OK ? context : NULL;
}

static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// The next finished handle and its result, or NULL. Copied out, because the message dies with `curl_multi_remove_handle`.
static inline CURL *ccurl_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

#endif
