// The message from which a new process learns its arguments and its first handles.
#ifndef ZIRCON_PROCESSARGS_H_
#define ZIRCON_PROCESSARGS_H_

#include <stdint.h>
#include <zircon/types.h>

__BEGIN_CDECLS

#define ZX_PROCARGS_PROTOCOL ((uint32_t)0x4150585du)
#define ZX_PROCARGS_VERSION ((uint32_t)0x00001000u)

typedef struct zx_proc_args {
    uint32_t protocol;
    uint32_t version;
    uint32_t handle_info_off;
    uint32_t args_off;
    uint32_t args_num;
    uint32_t environ_off;
    uint32_t environ_num;
    uint32_t names_off;
    uint32_t names_num;
} zx_proc_args_t;

// An information word: the handle's type in the low byte, an argument in the high half.
#define PA_HND(type, arg) (((type) & 0xffu) | (((arg) & 0xffffu) << 16))
#define PA_HND_TYPE(n) ((n) & 0xffu)
#define PA_HND_SUBTYPE(n) (((n) >> 8) & 0xffu)
#define PA_HND_ARG(n) (((n) >> 16) & 0xffffu)

// The run-time library keeps these four for itself.
#define PA_PROC_SELF 0x01u
#define PA_THREAD_SELF 0x02u
#define PA_JOB_DEFAULT 0x03u
#define PA_VMAR_ROOT 0x04u

#define PA_VMAR_LOADED 0x05u
#define PA_LDSVC_LOADER 0x10u
#define PA_VMO_VDSO 0x11u
#define PA_VMO_STACK 0x13u
#define PA_VMO_EXECUTABLE 0x14u
#define PA_NS_DIR 0x20u
#define PA_FDIO_REMOTE 0x32u
#define PA_FDIO_LOGGER 0x35u
#define PA_FDIO_SOCKET 0x36u
#define PA_DIRECTORY_REQUEST 0x3bu
#define PA_RESOURCE 0x3fu
#define PA_USER0 0xf0u
#define PA_USER1 0xf1u
#define PA_USER2 0xf2u

__END_CDECLS

#endif // ZIRCON_PROCESSARGS_H_
