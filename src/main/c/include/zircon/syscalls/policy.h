// Job policy: what the processes of a job may do.
#ifndef ZIRCON_SYSCALLS_POLICY_H_
#define ZIRCON_SYSCALLS_POLICY_H_

#include <stdint.h>
#include <zircon/types.h>

__BEGIN_CDECLS

// Options of zx_job_set_policy().
#define ZX_JOB_POL_RELATIVE ((uint32_t)0u)
#define ZX_JOB_POL_ABSOLUTE ((uint32_t)1u)

// Topic of zx_job_set_policy().
#define ZX_JOB_POL_BASIC ((uint32_t)0u)

typedef struct zx_policy_basic {
    uint32_t condition;
    uint32_t policy;
} zx_policy_basic_t;

// Conditions.
#define ZX_POL_BAD_HANDLE ((uint32_t)0u)
#define ZX_POL_WRONG_OBJECT ((uint32_t)1u)
#define ZX_POL_VMAR_WX ((uint32_t)2u)
#define ZX_POL_NEW_ANY ((uint32_t)3u)
#define ZX_POL_NEW_VMO ((uint32_t)4u)
#define ZX_POL_NEW_CHANNEL ((uint32_t)5u)
#define ZX_POL_NEW_EVENT ((uint32_t)6u)
#define ZX_POL_NEW_EVENTPAIR ((uint32_t)7u)
#define ZX_POL_NEW_PORT ((uint32_t)8u)
#define ZX_POL_NEW_SOCKET ((uint32_t)9u)
#define ZX_POL_NEW_FIFO ((uint32_t)10u)
#define ZX_POL_NEW_TIMER ((uint32_t)11u)
#define ZX_POL_NEW_PROCESS ((uint32_t)12u)

// Actions. EXCEPTION may be added to one of the others.
#define ZX_POL_ACTION_ALLOW ((uint32_t)0u)
#define ZX_POL_ACTION_DENY ((uint32_t)1u)
#define ZX_POL_ACTION_EXCEPTION ((uint32_t)2u)
#define ZX_POL_ACTION_KILL ((uint32_t)5u)

__END_CDECLS

#endif // ZIRCON_SYSCALLS_POLICY_H_
