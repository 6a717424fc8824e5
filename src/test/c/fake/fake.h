// A libzircon without a kernel: it says what it was told to say, and remembers how it was called.
//
// The wrapper's tests load it to see what the wrapper passes on and what it makes of the answers. Until fake_reset() is
// called it remembers nothing: then it costs next to nothing, as benchmarks want it.
#ifndef FAKE_H_
#define FAKE_H_

#include <stddef.h>
#include <stdint.h>
#include <zircon/types.h>

__BEGIN_CDECLS

// Starts anew: the log is empty, all calls succeed, nothing comes out but handles, and the next of those is 101.
void fake_reset(void);

// The status of all calls from now on. When it is not ZX_OK, no handle comes out.
void fake_status(zx_status_t status);

// What the calls that fill a buffer put there from now on; of zx_object_get_info() only the lists, by whole koids;
// of zx_object_wait_many() what is pending.
void fake_out(const void* data, size_t size);

// The record that zx_object_get_info() gives out from now on; an empty one makes it give lists.
void fake_record(const void* data, size_t size);

// How many handles the message has that zx_channel_read() gives out, and to what type of object they all are.
void fake_message_handles(uint32_t count, zx_obj_type_t type);

// All calls since fake_reset(), one per line: the name without zx_, then the arguments. Numbers are signed decimals. What
// is passed in memory is written in hexadecimal, in angle brackets; "out" is a pointer for the answer; NULL is 0.
const char* fake_log(void);

__END_CDECLS

#endif // FAKE_H_
