// What the functions of the fake have in common: the log, and what is given out.
#ifndef RECORDER_H_
#define RECORDER_H_

#include "fake.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One argument of a call.
typedef struct argument {
    enum { ARGUMENT_NUMBER, ARGUMENT_IN, ARGUMENT_OUT } kind;
    uint64_t number;
    const void* memory;
    size_t size;
} argument_t;

#define NUMBER(value) ((argument_t){ARGUMENT_NUMBER, (uint64_t)(value), NULL, 0})
#define IN(pointer, bytes) ((argument_t){ARGUMENT_IN, 0, (pointer), (bytes)})
#define OUT(pointer) ((argument_t){ARGUMENT_OUT, 0, (pointer), 0})

#define RECORD(...)                                             \
    do {                                                        \
        if (recording) {                                        \
            RECORD_ARGUMENTS(__VA_ARGS__, NUMBER(0));           \
        }                                                       \
    } while (0)

// The number at the end is there so that a call without arguments has a list, too; it is not counted.
#define RECORD_ARGUMENTS(name, ...)                             \
    const argument_t arguments[] = {__VA_ARGS__};               \
    record(name, arguments, sizeof arguments / sizeof *arguments - 1)

extern bool recording;
extern zx_status_t status;
extern uint32_t message_handles;
extern zx_obj_type_t message_type;

void record(const char* name, const argument_t* arguments, size_t count);

// All of these do nothing when told to write to NULL.
void give_handle(zx_handle_t* out);
size_t give_bytes(void* buffer, size_t size);
void give_info(void* buffer, size_t size, size_t* actual, size_t* avail);
zx_signals_t give_signals(size_t index);
void give_message_size(uint32_t* bytes, uint32_t* handles);

// A handle that the run-time library would keep; zero when calls are to fail.
zx_handle_t give_self(void);

#endif // RECORDER_H_
