// Status codes: 0 is success, negative values are the system's, positive ones belong to user protocols.
#ifndef ZIRCON_ERRORS_H_
#define ZIRCON_ERRORS_H_

#include <stdint.h>

typedef int32_t zx_status_t;

#define ZX_OK (0)

// Unspecified internal failure.
#define ZX_ERR_INTERNAL (-1)
// Operation not implemented / not enabled for this object.
#define ZX_ERR_NOT_SUPPORTED (-2)
// Some kernel resource could not be had.
#define ZX_ERR_NO_RESOURCES (-3)
// Allocation failed.
#define ZX_ERR_NO_MEMORY (-4)
// Call was interrupted; the vDSO retries, user code never sees it.
#define ZX_ERR_INTERNAL_INTR_RETRY (-6)
// Bad argument, including an unusable pointer.
#define ZX_ERR_INVALID_ARGS (-10)
// Value names no handle of the caller.
#define ZX_ERR_BAD_HANDLE (-11)
// Handle is to the wrong kind of object.
#define ZX_ERR_WRONG_TYPE (-12)
// No such syscall.
#define ZX_ERR_BAD_SYSCALL (-13)
// Argument beyond its limit.
#define ZX_ERR_OUT_OF_RANGE (-14)
// Caller's buffer is too short.
#define ZX_ERR_BUFFER_TOO_SMALL (-15)
// Object not in a state that allows this.
#define ZX_ERR_BAD_STATE (-20)
// Deadline passed.
#define ZX_ERR_TIMED_OUT (-21)
// Cannot proceed now, may later.
#define ZX_ERR_SHOULD_WAIT (-22)
// A wait was cut short.
#define ZX_ERR_CANCELED (-23)
// Other end is gone.
#define ZX_ERR_PEER_CLOSED (-24)
// Nothing matches.
#define ZX_ERR_NOT_FOUND (-25)
// Conflicts with something existing.
#define ZX_ERR_ALREADY_EXISTS (-26)
// Slot is taken by another binding.
#define ZX_ERR_ALREADY_BOUND (-27)
// Subject temporarily cannot serve.
#define ZX_ERR_UNAVAILABLE (-28)
// Missing right or permission.
#define ZX_ERR_ACCESS_DENIED (-30)
// Unspecified I/O failure.
#define ZX_ERR_IO (-40)
// Device rejected the request.
#define ZX_ERR_IO_REFUSED (-41)
// Checksum/parity failure.
#define ZX_ERR_IO_DATA_INTEGRITY (-42)
// Data unavailable, perhaps for good.
#define ZX_ERR_IO_DATA_LOSS (-43)
// Device is gone.
#define ZX_ERR_IO_NOT_PRESENT (-44)
// Device sent too much.
#define ZX_ERR_IO_OVERRUN (-45)
// Not finished in time.
#define ZX_ERR_IO_MISSED_DEADLINE (-46)
// Invalid or out-of-range transfer.
#define ZX_ERR_IO_INVALID (-47)
// Path too long.
#define ZX_ERR_BAD_PATH (-50)
// Not a directory.
#define ZX_ERR_NOT_DIR (-51)
// Not a regular file.
#define ZX_ERR_NOT_FILE (-52)
// File would exceed a limit.
#define ZX_ERR_FILE_BIG (-53)
// Device or filesystem full.
#define ZX_ERR_NO_SPACE (-54)
// Directory has entries.
#define ZX_ERR_NOT_EMPTY (-55)
// Callback control: stop.
#define ZX_ERR_STOP (-60)
// Callback control: skip to next.
#define ZX_ERR_NEXT (-61)
// Callback control: continues elsewhere.
#define ZX_ERR_ASYNC (-62)
#define ZX_ERR_PROTOCOL_NOT_SUPPORTED (-70)
#define ZX_ERR_ADDRESS_UNREACHABLE (-71)
#define ZX_ERR_ADDRESS_IN_USE (-72)
#define ZX_ERR_NOT_CONNECTED (-73)
#define ZX_ERR_CONNECTION_REFUSED (-74)
#define ZX_ERR_CONNECTION_RESET (-75)
#define ZX_ERR_CONNECTION_ABORTED (-76)

#endif // ZIRCON_ERRORS_H_
