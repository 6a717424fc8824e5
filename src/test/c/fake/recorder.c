#include "recorder.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_HANDLE 101u
#define SELF_HANDLE 11u

bool recording;
zx_status_t status;
uint32_t message_handles;
zx_obj_type_t message_type;

// The log alone is for several threads.
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char text[1 << 16];
static size_t length;
static zx_handle_t next_handle = FIRST_HANDLE;
static char out_data[1 << 12];
static size_t out_size;
static char record_data[1 << 12];
static size_t record_size;

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

void fake_reset(void) {
    recording = true;
    status = ZX_OK;
    message_handles = 0;
    message_type = ZX_OBJ_TYPE_NONE;
    length = 0;
    text[0] = 0;
    next_handle = FIRST_HANDLE;
    out_size = 0;
    record_size = 0;
}

void fake_status(zx_status_t wanted) {
    status = wanted;
}

void fake_out(const void* data, size_t size) {
    out_size = smaller(size, sizeof out_data);
    memcpy(out_data, data, out_size);
}

void fake_record(const void* data, size_t size) {
    record_size = smaller(size, sizeof record_data);
    memcpy(record_data, data, record_size);
}

void fake_message_handles(uint32_t count, zx_obj_type_t type) {
    message_handles = count;
    message_type = type;
}

const char* fake_log(void) {
    return text;
}

// Appends to the log; what does not fit is left out.
static void append(const char* format, ...) {
    va_list list;
    va_start(list, format);
    const size_t room = sizeof text - length;
    const int needed = vsnprintf(text + length, room, format, list);
    va_end(list);
    length += smaller(room - 1, (size_t)needed);
}

static void append_memory(const unsigned char* memory, size_t size) {
    append("<");
    for (size_t i = 0; i < size; i++) {
        append("%02x", memory[i]);
    }
    append(">");
}

void record(const char* name, const argument_t* arguments, size_t count) {
    pthread_mutex_lock(&log_lock);
    append("%s", name);
    for (size_t i = 0; i < count; i++) {
        append(" ");
        if (arguments[i].kind == ARGUMENT_NUMBER) {
            append("%" PRId64, (int64_t)arguments[i].number);
        } else if (arguments[i].memory == NULL) {
            append("0");
        } else if (arguments[i].kind == ARGUMENT_IN) {
            append_memory(arguments[i].memory, arguments[i].size);
        } else {
            append("out");
        }
    }
    append("\n");
    pthread_mutex_unlock(&log_lock);
}

void give_handle(zx_handle_t* out) {
    if (out != NULL && status == ZX_OK) {
        *out = next_handle++;
    }
}

size_t give_bytes(void* buffer, size_t size) {
    const size_t given = smaller(size, out_size);
    if (buffer != NULL) {
        memcpy(buffer, out_data, given);
    }
    return given;
}

void give_info(void* buffer, size_t size, size_t* actual, size_t* avail) {
    size_t given = 1;
    size_t all = 1;
    if (record_size == 0) {
        given = give_bytes(buffer, size) / sizeof(zx_koid_t);
        all = out_size / sizeof(zx_koid_t);
    } else if (buffer != NULL) {
        memcpy(buffer, record_data, smaller(size, record_size));
    }
    if (actual != NULL) {
        *actual = given;
    }
    if (avail != NULL) {
        *avail = all;
    }
}

zx_signals_t give_signals(size_t index) {
    zx_signals_t signals = ZX_SIGNAL_NONE;
    if ((index + 1) * sizeof signals <= out_size) {
        memcpy(&signals, out_data + index * sizeof signals, sizeof signals);
    }
    return signals;
}

void give_message_size(uint32_t* bytes, uint32_t* handles) {
    if (bytes != NULL) {
        *bytes = (uint32_t)out_size;
    }
    if (handles != NULL) {
        *handles = message_handles;
    }
}

zx_handle_t give_self(void) {
    return status == ZX_OK ? SELF_HANDLE : ZX_HANDLE_INVALID;
}
