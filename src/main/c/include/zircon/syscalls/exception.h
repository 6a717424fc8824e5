// Exceptions: their numbers, and the report that describes one.
#ifndef ZIRCON_SYSCALLS_EXCEPTION_H_
#define ZIRCON_SYSCALLS_EXCEPTION_H_

#include <stdint.h>
#include <zircon/syscalls/port.h>
#include <zircon/types.h>

__BEGIN_CDECLS

// An exception's number is the packet type by which it is announced: ZX_PKT_TYPE_EXCEPTION(n).
typedef uint32_t zx_excp_type_t;

// Set in n for exceptions that the kernel makes up, unlike those that the processor raises.
#define ZX_EXCP_SYNTH ((uint8_t)0x80u)

// Architectural.
#define ZX_EXCP_GENERAL ((zx_excp_type_t)0x0008u)
#define ZX_EXCP_FATAL_PAGE_FAULT ((zx_excp_type_t)0x0108u)
#define ZX_EXCP_UNDEFINED_INSTRUCTION ((zx_excp_type_t)0x0208u)
#define ZX_EXCP_SW_BREAKPOINT ((zx_excp_type_t)0x0308u)
#define ZX_EXCP_HW_BREAKPOINT ((zx_excp_type_t)0x0408u)
#define ZX_EXCP_UNALIGNED_ACCESS ((zx_excp_type_t)0x0508u)

// Synthetic. All but POLICY_ERROR are sent to debuggers alone.
#define ZX_EXCP_THREAD_STARTING ((zx_excp_type_t)0x8008u)
#define ZX_EXCP_THREAD_EXITING ((zx_excp_type_t)0x8108u)
#define ZX_EXCP_POLICY_ERROR ((zx_excp_type_t)0x8208u)
#define ZX_EXCP_PROCESS_STARTING ((zx_excp_type_t)0x8308u)

#define ZX_EXCP_IS_ARCH(type) (((type) & 0x8000u) == 0)

typedef struct zx_x86_64_exc_data {
    uint64_t vector;
    uint64_t err_code;
    uint64_t cr2;
} zx_x86_64_exc_data_t;

typedef struct zx_arm64_exc_data {
    uint32_t esr;
    uint64_t far;
} zx_arm64_exc_data_t;

typedef struct zx_exception_header {
    // Of the whole report.
    uint32_t size;
    zx_excp_type_t type;
} zx_exception_header_t;

typedef union zx_exception_context_arch {
    zx_x86_64_exc_data_t x86_64;
    zx_arm64_exc_data_t arm_64;
} zx_exception_context_arch_t;

typedef struct zx_exception_context {
    struct {
        zx_exception_context_arch_t u;
    } arch;
} zx_exception_context_t;

typedef struct zx_exception_report {
    zx_exception_header_t header;
    zx_exception_context_t context;
} zx_exception_report_t;

// Option of zx_task_bind_exception_port(): the debugger's slot of a process or job.
#define ZX_EXCEPTION_PORT_DEBUGGER ((uint32_t)1u)

// Option of zx_task_resume_from_exception(): not handled here, ask the next handler.
#define ZX_RESUME_TRY_NEXT ((uint32_t)2u)

// Values of zx_info_thread_t.wait_exception_port_type.
#define ZX_EXCEPTION_PORT_TYPE_NONE ((uint32_t)0u)
#define ZX_EXCEPTION_PORT_TYPE_DEBUGGER ((uint32_t)1u)
#define ZX_EXCEPTION_PORT_TYPE_THREAD ((uint32_t)2u)
#define ZX_EXCEPTION_PORT_TYPE_PROCESS ((uint32_t)3u)
#define ZX_EXCEPTION_PORT_TYPE_JOB ((uint32_t)4u)
#define ZX_EXCEPTION_PORT_TYPE_JOB_DEBUGGER ((uint32_t)5u)

__END_CDECLS

#endif // ZIRCON_SYSCALLS_EXCEPTION_H_
