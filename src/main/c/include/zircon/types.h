// Scalar types, and the constants that every part of the interface uses.
#ifndef ZIRCON_TYPES_H_
#define ZIRCON_TYPES_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zircon/compiler.h>
#include <zircon/errors.h>
#include <zircon/limits.h>
#include <zircon/rights.h>

__BEGIN_CDECLS

// A handle: a process's own number for an object and a set of rights. Zero names none.
typedef uint32_t zx_handle_t;
#define ZX_HANDLE_INVALID ((zx_handle_t)0)

// Absolute times and durations are nanoseconds.
typedef int64_t zx_time_t;
typedef int64_t zx_duration_t;
typedef uint64_t zx_ticks_t;
#define ZX_TIME_INFINITE ((zx_time_t)0x7fffffffffffffffLL)
#define ZX_TIME_INFINITE_PAST ((zx_time_t)(-0x7fffffffffffffffLL - 1))

typedef uint32_t zx_clock_t;
#define ZX_CLOCK_MONOTONIC ((zx_clock_t)0)
#define ZX_CLOCK_UTC ((zx_clock_t)1)
#define ZX_CLOCK_THREAD ((zx_clock_t)2)

typedef uint64_t zx_koid_t;
#define ZX_KOID_INVALID ((uint64_t)0)
#define ZX_KOID_KERNEL ((uint64_t)1)

typedef uintptr_t zx_vaddr_t;
typedef uintptr_t zx_paddr_t;
typedef uint64_t zx_gpaddr_t;
typedef uint64_t zx_off_t;
typedef uint32_t zx_txid_t;

// C++ has no _Atomic; the kernel sees the same four bytes.
#ifdef __cplusplus
typedef int zx_futex_t;
#else
typedef _Atomic(int) zx_futex_t;
#endif

// Signals: bits 0-23 belong to the object, bits 24-31 to the user.
typedef uint32_t zx_signals_t;
#define ZX_SIGNAL_NONE ((zx_signals_t)0u)
// Only in the result of a wait that ended with ZX_ERR_CANCELED.
#define ZX_SIGNAL_HANDLE_CLOSED ((zx_signals_t)1u << 23)

#define ZX_USER_SIGNAL_ALL ((zx_signals_t)0xff000000u)
#define ZX_USER_SIGNAL_0 ((zx_signals_t)1u << 24)
#define ZX_USER_SIGNAL_1 ((zx_signals_t)1u << 25)
#define ZX_USER_SIGNAL_2 ((zx_signals_t)1u << 26)
#define ZX_USER_SIGNAL_3 ((zx_signals_t)1u << 27)
#define ZX_USER_SIGNAL_4 ((zx_signals_t)1u << 28)
#define ZX_USER_SIGNAL_5 ((zx_signals_t)1u << 29)
#define ZX_USER_SIGNAL_6 ((zx_signals_t)1u << 30)
#define ZX_USER_SIGNAL_7 ((zx_signals_t)1u << 31)

#define ZX_CHANNEL_READABLE ((zx_signals_t)1u << 0)
#define ZX_CHANNEL_WRITABLE ((zx_signals_t)1u << 1)
#define ZX_CHANNEL_PEER_CLOSED ((zx_signals_t)1u << 2)

#define ZX_EVENT_SIGNALED ((zx_signals_t)1u << 3)
#define ZX_EVENT_SIGNAL_MASK (ZX_USER_SIGNAL_ALL | ZX_EVENT_SIGNALED)

#define ZX_EVENTPAIR_SIGNALED ((zx_signals_t)1u << 3)
#define ZX_EVENTPAIR_PEER_CLOSED ((zx_signals_t)1u << 2)
#define ZX_EVENTPAIR_SIGNAL_MASK \
    (ZX_USER_SIGNAL_ALL | ZX_EVENTPAIR_SIGNALED | ZX_EVENTPAIR_PEER_CLOSED)

#define ZX_FIFO_READABLE ((zx_signals_t)1u << 0)
#define ZX_FIFO_WRITABLE ((zx_signals_t)1u << 1)
#define ZX_FIFO_PEER_CLOSED ((zx_signals_t)1u << 2)

#define ZX_SOCKET_READABLE ((zx_signals_t)1u << 0)
#define ZX_SOCKET_WRITABLE ((zx_signals_t)1u << 1)
#define ZX_SOCKET_PEER_CLOSED ((zx_signals_t)1u << 2)

#define ZX_TIMER_SIGNALED ((zx_signals_t)1u << 3)
#define ZX_VMO_ZERO_CHILDREN ((zx_signals_t)1u << 3)
#define ZX_LOG_READABLE ((zx_signals_t)1u << 0)
#define ZX_LOG_WRITABLE ((zx_signals_t)1u << 1)

// On a job this bit means "no processes".
#define ZX_TASK_TERMINATED ((zx_signals_t)1u << 3)

#define ZX_JOB_NO_PROCESSES ((zx_signals_t)1u << 3)
#define ZX_JOB_NO_JOBS ((zx_signals_t)1u << 4)

#define ZX_PROCESS_TERMINATED ((zx_signals_t)1u << 3)

#define ZX_THREAD_TERMINATED ((zx_signals_t)1u << 3)
#define ZX_THREAD_RUNNING ((zx_signals_t)1u << 4)
#define ZX_THREAD_SUSPENDED ((zx_signals_t)1u << 5)

// Limits of single calls.
#define ZX_MAX_NAME_LEN ((size_t)32)
#define ZX_WAIT_MANY_MAX_ITEMS ((size_t)16)
#define ZX_CHANNEL_MAX_MSG_BYTES ((uint32_t)65536u)
#define ZX_CHANNEL_MAX_MSG_HANDLES ((uint32_t)64u)

// Option of zx_channel_read(): a message that does not fit is dropped.
#define ZX_CHANNEL_READ_MAY_DISCARD ((uint32_t)1u)

// One entry of zx_object_wait_many().
typedef struct zx_wait_item {
    zx_handle_t handle;
    zx_signals_t waitfor;
    zx_signals_t pending;
} zx_wait_item_t;

typedef uint32_t zx_obj_type_t;
#define ZX_OBJ_TYPE_NONE ((zx_obj_type_t)0u)
#define ZX_OBJ_TYPE_PROCESS ((zx_obj_type_t)1u)
#define ZX_OBJ_TYPE_THREAD ((zx_obj_type_t)2u)
#define ZX_OBJ_TYPE_VMO ((zx_obj_type_t)3u)
#define ZX_OBJ_TYPE_CHANNEL ((zx_obj_type_t)4u)
#define ZX_OBJ_TYPE_EVENT ((zx_obj_type_t)5u)
#define ZX_OBJ_TYPE_PORT ((zx_obj_type_t)6u)
#define ZX_OBJ_TYPE_INTERRUPT ((zx_obj_type_t)9u)
#define ZX_OBJ_TYPE_PCI_DEVICE ((zx_obj_type_t)11u)
#define ZX_OBJ_TYPE_LOG ((zx_obj_type_t)12u)
#define ZX_OBJ_TYPE_SOCKET ((zx_obj_type_t)14u)
#define ZX_OBJ_TYPE_RESOURCE ((zx_obj_type_t)15u)
#define ZX_OBJ_TYPE_EVENTPAIR ((zx_obj_type_t)16u)
#define ZX_OBJ_TYPE_JOB ((zx_obj_type_t)17u)
#define ZX_OBJ_TYPE_VMAR ((zx_obj_type_t)18u)
#define ZX_OBJ_TYPE_FIFO ((zx_obj_type_t)19u)
#define ZX_OBJ_TYPE_GUEST ((zx_obj_type_t)20u)
#define ZX_OBJ_TYPE_VCPU ((zx_obj_type_t)21u)
#define ZX_OBJ_TYPE_TIMER ((zx_obj_type_t)22u)
#define ZX_OBJ_TYPE_IOMMU ((zx_obj_type_t)23u)
#define ZX_OBJ_TYPE_BTI ((zx_obj_type_t)24u)
#define ZX_OBJ_TYPE_PROFILE ((zx_obj_type_t)25u)
#define ZX_OBJ_TYPE_PMT ((zx_obj_type_t)26u)
#define ZX_OBJ_TYPE_SUSPEND_TOKEN ((zx_obj_type_t)27u)
#define ZX_OBJ_TYPE_PAGER ((zx_obj_type_t)28u)
#define ZX_OBJ_TYPE_LAST ((zx_obj_type_t)29u)

// A handle as a message carries it.
typedef struct zx_handle_info {
    zx_handle_t handle;
    zx_obj_type_t type;
    zx_rights_t rights;
    uint32_t unused;
} zx_handle_info_t;

typedef struct zx_channel_call_args {
    const void* wr_bytes;
    const zx_handle_t* wr_handles;
    void* rd_bytes;
    zx_handle_t* rd_handles;
    uint32_t wr_num_bytes;
    uint32_t wr_num_handles;
    uint32_t rd_num_bytes;
    uint32_t rd_num_handles;
} zx_channel_call_args_t;

__END_CDECLS

#endif // ZIRCON_TYPES_H_
