// The syscalls: what stands between the entries, which are assembly, and the kernel. Runs on the kernel stack.
#include "gate.h"
#include "gate_calls.h"

#include <errno.h>
#include <zircon/errors.h>

// The calls in order, which is that of their numbers.
enum {
#define X(kind, type, name, arguments, ...) INDEX_##name,
    GATE_CALLS(X)
#undef X
    CALLS
};
_Static_assert((int)CALLS == (int)ZX_HOST_CALLS, "every call has a number");
#define X(kind, type, name, arguments, ...) \
    _Static_assert((int)INDEX_##name == (int)ZX_HOST_CALL_##name, #name);
GATE_CALLS(X)
#undef X

// Eight arguments: those of a call, then zeros.
#define FIRST_8(a, b, c, d, e, f, g, h, ...) a, b, c, d, e, f, g, h
#define PAD(...) FIRST_8(__VA_ARGS__ __VA_OPT__(, ) 0, 0, 0, 0, 0, 0, 0, 0, 0)
#define UPCALL(call, name, arguments) \
    (call).table->syscall((call).thread->host.caller, ZX_HOST_CALL_##name, PAD arguments)

// What a call answers that did not reach the kernel.
#define FAILURE_zx_status_t(status) (status)
#define FAILURE_zx_time_t(status) ((void)(status), 0)
#define FAILURE_zx_handle_t(status) ((void)(status), ZX_HANDLE_INVALID)

#define DEFINE_CALL(type, name, arguments, ...)                             \
    type gate_call_##name(__VA_ARGS__) {                                         \
        struct gate_call call;                                              \
        zx_status_t status = gate_begin(&call);                             \
        if (status != ZX_OK) {                                              \
            return FAILURE_##type(status);                                  \
        }                                                                   \
        type result = (type)UPCALL(call, name, arguments);                  \
        gate_end(&call);                                                    \
        return result;                                                      \
    }
#define DEFINE_CALL_8 DEFINE_CALL
#define DEFINE_CALL_ONE_NAME DEFINE_CALL

// A native guest never sees an exit return, whatever the kernel did about it.
#define DEFINE_EXIT(type, name, arguments, ...)                             \
    type gate_call_##name(__VA_ARGS__) {                                         \
        struct gate_call call;                                              \
        if (gate_begin(&call) == ZX_OK) {                                   \
            (void)UPCALL(call, name, arguments);                            \
            gate_end(&call);                                                \
        }                                                                   \
        leave_guest();                                                      \
    }

static void leave_guest(void) {
    if (gate_current != NULL && gate_current->arch.kernel_sp != 0) {
        gate_current->host.leave = 1;
    }
}

// The thread is unknown to the present kernel.
static zx_status_t attach(struct gate_call* call, uint64_t epoch) {
    struct gate_thread* thread = call->thread;
    if (thread->arch.kernel_sp != 0) {
        // A guest whose kernel is gone has nothing to return to.
        leave_guest();
        return ZX_ERR_BAD_SYSCALL;
    }
    if (call->table->thread_attach == NULL) {
        return ZX_ERR_BAD_SYSCALL;
    }
    uint64_t name = call->table->thread_attach(&thread->host);
    if (name == 0) {
        return ZX_ERR_NO_MEMORY;
    }
    thread->host.caller = thread->attached = name;
    thread->epoch = thread->attached_epoch = epoch;
    return ZX_OK;
}

zx_status_t gate_begin(struct gate_call* call) {
    struct gate_kernel kernel = gate_kernel();
    if (kernel.table == NULL || kernel.table->syscall == NULL) {
        return ZX_ERR_BAD_SYSCALL;
    }
    // Programs find errno as they left it.
    call->error = errno;
    call->table = kernel.table;
    call->thread = gate_thread_self();
    if (call->thread == NULL || !gate_stack_suffices(call->thread)) {
        return ZX_ERR_NO_MEMORY;
    }
    if (call->thread->host.caller != 0 && call->thread->epoch == kernel.epoch) {
        return ZX_OK;
    }
    zx_status_t status = attach(call, kernel.epoch);
    errno = call->error;
    return status;
}

void gate_end(const struct gate_call* call) { errno = call->error; }

#define X(kind, type, name, arguments, ...) DEFINE_##kind(type, name, arguments, __VA_ARGS__)
GATE_CALLS(X)
