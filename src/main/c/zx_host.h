// What the gate offers to the emulation of the kernel, and to nobody else.
//
// The gate is libzircon.so on a machine that is not Fuchsia. A syscall enters it as in a real kernel: it leaves the
// caller's stack for the kernel stack, and then calls the kernel, which is a table of functions that the emulation
// installs here.
//
// All syscalls reach the kernel through one function, by number. One upcall is all that has to be linked when the
// emulation starts, and one place in it decides, traces and fails.
#ifndef ZX_HOST_H_
#define ZX_HOST_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zircon/syscalls.h>
#include <zircon/syscalls/debug.h>

__BEGIN_CDECLS

// An address that came from a caller. To the kernel it is a number: only zx_host_copy_in() and zx_host_copy_out()
// reach what lies there.
typedef uint64_t zx_host_user_t;

#define ZX_HOST_SCRATCH_SIZE 256

// What the gate and the kernel share about one thread. It belongs to the gate and lives as long as the OS thread.
// Only the thread itself touches it, but for the registers, which are anybody's while the guest is stopped: in an
// exception, an interruption, or between zx_host_stop() and zx_host_go_on().
typedef struct zx_host_thread {
    // The name by which the kernel knows this thread: the first argument of every call of the table.
    uint64_t caller;
    // Set by the kernel, during a call of the table, to end the native guest instead of returning to it. (A guest written
    // in Java has no frame to jump to: it sees what the call returns.)
    uint32_t leave;
    // Set by the gate with an exception or an interruption: the guest is inside a library, which may hold a lock of this
    // process. The kernel must not make it leave; a guest that is to end there stays where it is for good.
    uint32_t in_library;
    // Set by the kernel, during a syscall of a native guest, to let the guest go on with all of `regs` as they are,
    // instead of with what the call returns.
    uint32_t restore;
    // Counted by the gate: how often zx_host_interrupt() has found the guest where it must not be stopped, and one more for
    // each 200 microseconds that it has run there meanwhile.
    uint32_t refusals;
    // The processor's account of the fault for which the guest is stopped.
    uint64_t vector;
    uint64_t err_code;
    uint64_t cr2;
    // The guest's registers at the fault or interruption, or those with which it will return from its syscall; what is
    // written here is what the guest goes on with.
    zx_thread_state_general_regs_t* regs;
    // Room for what the kernel copies in and out.
    uint8_t scratch[ZX_HOST_SCRATCH_SIZE];
} zx_host_thread_t;

// The syscalls, in the order of zircon/syscalls.h, and the run-time functions of zircon/process.h.
enum zx_host_call {
    ZX_HOST_CALL_handle_close,
    ZX_HOST_CALL_handle_close_many,
    ZX_HOST_CALL_handle_duplicate,
    ZX_HOST_CALL_handle_replace,
    ZX_HOST_CALL_object_get_info,
    ZX_HOST_CALL_object_get_property,
    ZX_HOST_CALL_object_set_property,
    ZX_HOST_CALL_object_get_child,
    ZX_HOST_CALL_object_signal,
    ZX_HOST_CALL_object_signal_peer,
    ZX_HOST_CALL_object_wait_one,
    ZX_HOST_CALL_object_wait_many,
    ZX_HOST_CALL_object_wait_async,
    ZX_HOST_CALL_port_create,
    ZX_HOST_CALL_port_queue,
    ZX_HOST_CALL_port_wait,
    ZX_HOST_CALL_port_cancel,
    ZX_HOST_CALL_job_create,
    ZX_HOST_CALL_job_set_policy,
    ZX_HOST_CALL_process_create,
    ZX_HOST_CALL_process_start,
    ZX_HOST_CALL_process_exit,
    ZX_HOST_CALL_process_read_memory,
    ZX_HOST_CALL_process_write_memory,
    ZX_HOST_CALL_thread_create,
    ZX_HOST_CALL_thread_start,
    ZX_HOST_CALL_thread_exit,
    ZX_HOST_CALL_thread_read_state,
    ZX_HOST_CALL_thread_write_state,
    ZX_HOST_CALL_task_bind_exception_port,
    ZX_HOST_CALL_task_resume_from_exception,
    ZX_HOST_CALL_task_suspend,
    ZX_HOST_CALL_task_suspend_token,
    ZX_HOST_CALL_task_kill,
    ZX_HOST_CALL_channel_create,
    ZX_HOST_CALL_channel_read,
    ZX_HOST_CALL_channel_read_etc,
    ZX_HOST_CALL_channel_write,
    ZX_HOST_CALL_event_create,
    ZX_HOST_CALL_eventpair_create,
    ZX_HOST_CALL_clock_get,
    ZX_HOST_CALL_clock_get_new,
    ZX_HOST_CALL_clock_get_monotonic,
    ZX_HOST_CALL_deadline_after,
    ZX_HOST_CALL_nanosleep,
    ZX_HOST_CALL_system_get_version,
    ZX_HOST_CALL_process_self,
    ZX_HOST_CALL_thread_self,
    ZX_HOST_CALL_vmar_root_self,
    ZX_HOST_CALL_job_default,
    ZX_HOST_CALL_take_startup_handle,
    ZX_HOST_CALLS,
};

// The kernel.
typedef struct zx_host_table {
    // The first syscall of a thread that the emulation did not start. Returns its name, or zero: ZX_ERR_NO_MEMORY.
    uint64_t (*thread_attach)(zx_host_thread_t* thread);
    // The guest faulted: vector, err_code, cr2 and regs tell how. It goes on when this returns, unless `leave` is set.
    void (*exception)(uint64_t caller);
    // zx_host_interrupt() has stopped the guest. It goes on when this returns, unless `leave` is set.
    void (*interrupted)(uint64_t caller);
    // One of zx_host_call, with its arguments as in its prototype, widened to 64 bits without their signs; those that
    // it does not have are zero. Addresses are zx_host_user_t. Returns what the call returns.
    int64_t (*syscall)(uint64_t caller, uint32_t call, uint64_t a, uint64_t b, uint64_t c,
                       uint64_t d, uint64_t e, uint64_t f, uint64_t g, uint64_t h);
} zx_host_table_t;

// Puts a kernel behind the gate, in the place of the one before it; NULL leaves none, and every call then answers
// ZX_ERR_BAD_SYSCALL (zero where it has no status). Threads become known to the new one by its thread_attach. The first
// call also takes over the signals of CPU faults; those that are not a guest's go on to whoever had them.
void zx_host_install(const zx_host_table_t* table);

// The file from which this gate was loaded.
const char* zx_host_gate_path(void);

// The calling thread's record, made if there is none yet; NULL when memory is short.
zx_host_thread_t* zx_host_thread_self(void);

// Makes the calling thread known to the kernel as `caller` without a thread_attach, until caller 0 takes that back.
void zx_host_thread_enter(uint64_t caller);

// Blocks until a thread that was made known by thread_attach has ended, and returns its name.
uint64_t zx_host_next_ended_thread(void);

// From now on zx_host_next_ended_thread does not block, nor does whoever is in it: 0 says that there is none.
void zx_host_poll_ended_threads(void);

// Copies between the kernel's memory and a caller's. ZX_ERR_INVALID_ARGS when any of it cannot be reached; part of it
// may then have been copied.
zx_status_t zx_host_copy_in(void* kernel, zx_host_user_t user, size_t size);
zx_status_t zx_host_copy_out(zx_host_user_t user, const void* kernel, size_t size);

// Runs entry(arg1, arg2) as guest code on the calling thread, which the kernel must know already, and returns when the
// kernel lets it leave; an entry that returns calls zx_thread_exit(). ZX_ERR_NO_MEMORY: there was no stack for it, and it
// did not run; ZX_ERR_BAD_STATE: the thread runs a guest already.
zx_status_t zx_host_run(zx_vaddr_t entry, uint64_t arg1, uint64_t arg2);

// Where zx_host_interrupt() may stop a guest: in its program's own code; also where a library waits in a system call of
// the host; wherever it is.
#define ZX_HOST_INTERRUPT_PROGRAM ((uint32_t)0u)
#define ZX_HOST_INTERRUPT_BLOCKED ((uint32_t)1u)
#define ZX_HOST_INTERRUPT_ANYWHERE ((uint32_t)2u)

// Has the kernel's `interrupted` called on a thread, which must not have ended: at once if its guest is where it may be
// stopped; before its guest code goes on if it is in the kernel. Otherwise nothing comes of it, and the kernel tries
// again. May be called by any thread; more than one call may come to one interruption.
void zx_host_interrupt(zx_host_thread_t* thread, uint32_t reach);

// Makes the registers of the calling thread, which is in a syscall or about to run a guest, fit for others to read and
// write. Returns whether it has general registers: a native guest has, in a syscall.
bool zx_host_stop(zx_host_thread_t* thread);

// Ends what zx_host_stop() began.
void zx_host_go_on(zx_host_thread_t* thread);

// Sets the GS base of the calling thread.
void zx_host_set_gs_base(uint64_t base);

// Ends this process at once, without the exit work of its libraries: some thread may hold their locks for good.
void zx_host_exit(int32_t code);

// A loaded program.
typedef struct zx_host_program zx_host_program_t;

// Loads a copy of the shared object at `path`, so that its statics are fresh. Its constructors do not run yet. NULL:
// `error` says why.
zx_host_program_t* zx_host_load(const char* path, char* error, size_t error_size);

// The address of a symbol of the program, or zero.
zx_vaddr_t zx_host_symbol(zx_host_program_t* program, const char* name);

// Unmaps the program. No guest may be inside.
void zx_host_unload(zx_host_program_t* program);

// Runs the program's constructors, main(), destructors, and zx_process_exit() with what main() returned, as guest code
// on the calling thread. argv must outlive the process.
zx_status_t zx_host_run_program(zx_host_program_t* program, int32_t argc, char** argv);

// Faults that a guest written in Java raises on purpose.
#define ZX_HOST_FAULT_READ ((uint32_t)0u)
#define ZX_HOST_FAULT_WRITE ((uint32_t)1u)
#define ZX_HOST_FAULT_UNDEFINED ((uint32_t)2u)
#define ZX_HOST_FAULT_BREAKPOINT ((uint32_t)3u)
#define ZX_HOST_FAULT_DIVIDE ((uint32_t)4u)
#define ZX_HOST_FAULT_ALIGNMENT ((uint32_t)5u)

// Executes the faulting instruction as guest code of the calling thread. READ and WRITE (of `value`) use the 8 bytes at
// `address`. Stores what was read, or `value`, in *result, and returns ZX_OK when the exception was handled;
// ZX_ERR_INTERNAL_INTR_KILLED (-502) when the kernel let the guest leave.
zx_status_t zx_host_fault(uint32_t kind, zx_vaddr_t address, uint64_t value, uint64_t* result);

// Register sets of a stopped guest other than the general one.
void zx_host_read_fp_regs(const zx_host_thread_t* thread, zx_thread_state_fp_regs_t* regs);
void zx_host_write_fp_regs(zx_host_thread_t* thread, const zx_thread_state_fp_regs_t* regs);
void zx_host_read_vector_regs(const zx_host_thread_t* thread, zx_thread_state_vector_regs_t* regs);
void zx_host_write_vector_regs(zx_host_thread_t* thread, const zx_thread_state_vector_regs_t* regs);

__END_CDECLS

#endif // ZX_HOST_H_
