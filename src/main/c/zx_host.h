// What the gate offers to the emulation of the kernel, and to nobody else.
//
// The gate is libzircon.so on a machine that is not Fuchsia. A syscall enters it as in a real kernel: it leaves the
// caller's stack for the kernel stack, and then calls the kernel, which is a table of functions that the emulation
// installs here.
#ifndef ZX_HOST_H_
#define ZX_HOST_H_

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
// Only the thread itself touches it, but for the registers, which are anybody's while the guest is stopped.
typedef struct zx_host_thread {
    // The name by which the kernel knows this thread: the first argument of every call of the table.
    uint64_t caller;
    // Set by the kernel, during a call of the table, to end the native guest instead of returning to it. (A guest written
    // in Java has no frame to jump to: it sees what the call returns.)
    uint32_t leave;
    uint32_t reserved;
    // The processor's account of the fault for which the guest is stopped.
    uint64_t vector;
    uint64_t err_code;
    uint64_t cr2;
    // The guest's registers at the fault; what is written here is what the guest goes on with.
    zx_thread_state_general_regs_t* regs;
    // Room for what the kernel copies in and out.
    uint8_t scratch[ZX_HOST_SCRATCH_SIZE];
} zx_host_thread_t;

// The kernel. An entry that is NULL answers ZX_ERR_BAD_SYSCALL (zero where the call has no status).
typedef struct zx_host_table {
    // The first syscall of a thread that the emulation did not start. Returns its name, or zero: ZX_ERR_NO_MEMORY.
    uint64_t (*thread_attach)(zx_host_thread_t* thread);
    // The guest faulted: vector, err_code, cr2 and regs tell how. It goes on when this returns, unless `leave` is set.
    void (*exception)(uint64_t caller);

    // The syscalls, in the order of zircon/syscalls.h.
    zx_status_t (*handle_close)(uint64_t caller, zx_handle_t handle);
    zx_status_t (*handle_close_many)(uint64_t caller, zx_host_user_t handles, size_t num_handles);
    zx_status_t (*handle_duplicate)(uint64_t caller, zx_handle_t handle, zx_rights_t rights,
                                    zx_host_user_t out);
    zx_status_t (*handle_replace)(uint64_t caller, zx_handle_t handle, zx_rights_t rights,
                                  zx_host_user_t out);
    zx_status_t (*object_get_info)(uint64_t caller, zx_handle_t handle, uint32_t topic,
                                   zx_host_user_t buffer, size_t buffer_size, zx_host_user_t actual,
                                   zx_host_user_t avail);
    zx_status_t (*object_get_property)(uint64_t caller, zx_handle_t handle, uint32_t property,
                                       zx_host_user_t value, size_t value_size);
    zx_status_t (*object_set_property)(uint64_t caller, zx_handle_t handle, uint32_t property,
                                       zx_host_user_t value, size_t value_size);
    zx_status_t (*object_get_child)(uint64_t caller, zx_handle_t handle, uint64_t koid,
                                    zx_rights_t rights, zx_host_user_t out);
    zx_status_t (*object_signal)(uint64_t caller, zx_handle_t handle, uint32_t clear_mask,
                                 uint32_t set_mask);
    zx_status_t (*object_signal_peer)(uint64_t caller, zx_handle_t handle, uint32_t clear_mask,
                                      uint32_t set_mask);
    zx_status_t (*object_wait_one)(uint64_t caller, zx_handle_t handle, zx_signals_t signals,
                                   zx_time_t deadline, zx_host_user_t observed);
    zx_status_t (*object_wait_many)(uint64_t caller, zx_host_user_t items, size_t count,
                                    zx_time_t deadline);
    zx_status_t (*object_wait_async)(uint64_t caller, zx_handle_t handle, zx_handle_t port,
                                     uint64_t key, zx_signals_t signals, uint32_t options);
    zx_status_t (*port_create)(uint64_t caller, uint32_t options, zx_host_user_t out);
    zx_status_t (*port_queue)(uint64_t caller, zx_handle_t handle, zx_host_user_t packet);
    zx_status_t (*port_wait)(uint64_t caller, zx_handle_t handle, zx_time_t deadline,
                             zx_host_user_t packet);
    zx_status_t (*port_cancel)(uint64_t caller, zx_handle_t handle, zx_handle_t source,
                               uint64_t key);
    zx_status_t (*job_create)(uint64_t caller, zx_handle_t parent_job, uint32_t options,
                              zx_host_user_t out);
    zx_status_t (*job_set_policy)(uint64_t caller, zx_handle_t handle, uint32_t options,
                                  uint32_t topic, zx_host_user_t policy, uint32_t count);
    zx_status_t (*process_create)(uint64_t caller, zx_handle_t job, zx_host_user_t name,
                                  size_t name_size, uint32_t options, zx_host_user_t proc_handle,
                                  zx_host_user_t vmar_handle);
    zx_status_t (*process_start)(uint64_t caller, zx_handle_t handle, zx_handle_t thread,
                                 zx_vaddr_t entry, zx_vaddr_t stack, zx_handle_t arg1,
                                 uintptr_t arg2);
    void (*process_exit)(uint64_t caller, int64_t retcode);
    zx_status_t (*process_read_memory)(uint64_t caller, zx_handle_t handle, zx_vaddr_t vaddr,
                                       zx_host_user_t buffer, size_t buffer_size,
                                       zx_host_user_t actual);
    zx_status_t (*process_write_memory)(uint64_t caller, zx_handle_t handle, zx_vaddr_t vaddr,
                                        zx_host_user_t buffer, size_t buffer_size,
                                        zx_host_user_t actual);
    zx_status_t (*thread_create)(uint64_t caller, zx_handle_t process, zx_host_user_t name,
                                 size_t name_size, uint32_t options, zx_host_user_t out);
    zx_status_t (*thread_start)(uint64_t caller, zx_handle_t handle, zx_vaddr_t thread_entry,
                                zx_vaddr_t stack, uintptr_t arg1, uintptr_t arg2);
    void (*thread_exit)(uint64_t caller);
    zx_status_t (*thread_read_state)(uint64_t caller, zx_handle_t handle, uint32_t kind,
                                     zx_host_user_t buffer, size_t buffer_size);
    zx_status_t (*thread_write_state)(uint64_t caller, zx_handle_t handle, uint32_t kind,
                                      zx_host_user_t buffer, size_t buffer_size);
    zx_status_t (*task_bind_exception_port)(uint64_t caller, zx_handle_t handle, zx_handle_t port,
                                            uint64_t key, uint32_t options);
    zx_status_t (*task_resume_from_exception)(uint64_t caller, zx_handle_t handle, zx_handle_t port,
                                              uint32_t options);
    zx_status_t (*task_suspend)(uint64_t caller, zx_handle_t handle, zx_host_user_t token);
    zx_status_t (*task_suspend_token)(uint64_t caller, zx_handle_t handle, zx_host_user_t token);
    zx_status_t (*task_kill)(uint64_t caller, zx_handle_t handle);
    zx_status_t (*channel_create)(uint64_t caller, uint32_t options, zx_host_user_t out0,
                                  zx_host_user_t out1);
    zx_status_t (*channel_read)(uint64_t caller, zx_handle_t handle, uint32_t options,
                                zx_host_user_t bytes, zx_host_user_t handles, uint32_t num_bytes,
                                uint32_t num_handles, zx_host_user_t actual_bytes,
                                zx_host_user_t actual_handles);
    zx_status_t (*channel_read_etc)(uint64_t caller, zx_handle_t handle, uint32_t options,
                                    zx_host_user_t bytes, zx_host_user_t handles,
                                    uint32_t num_bytes, uint32_t num_handles,
                                    zx_host_user_t actual_bytes, zx_host_user_t actual_handles);
    zx_status_t (*channel_write)(uint64_t caller, zx_handle_t handle, uint32_t options,
                                 zx_host_user_t bytes, uint32_t num_bytes, zx_host_user_t handles,
                                 uint32_t num_handles);
    zx_status_t (*event_create)(uint64_t caller, uint32_t options, zx_host_user_t out);
    zx_status_t (*eventpair_create)(uint64_t caller, uint32_t options, zx_host_user_t out0,
                                    zx_host_user_t out1);
    zx_time_t (*clock_get)(uint64_t caller, zx_clock_t clock_id);
    zx_status_t (*clock_get_new)(uint64_t caller, zx_clock_t clock_id, zx_host_user_t out);
    zx_time_t (*clock_get_monotonic)(uint64_t caller);
    zx_time_t (*deadline_after)(uint64_t caller, zx_duration_t nanoseconds);
    zx_status_t (*nanosleep)(uint64_t caller, zx_time_t deadline);
    zx_status_t (*system_get_version)(uint64_t caller, zx_host_user_t version, size_t version_size);

    // The run-time functions of zircon/process.h.
    zx_handle_t (*process_self)(uint64_t caller);
    zx_handle_t (*thread_self)(uint64_t caller);
    zx_handle_t (*vmar_root_self)(uint64_t caller);
    zx_handle_t (*job_default)(uint64_t caller);
    zx_handle_t (*take_startup_handle)(uint64_t caller, uint32_t hnd_info);
} zx_host_table_t;

// Puts a kernel behind the gate, in the place of the one before it; NULL leaves none. Threads become known to the new
// one by its thread_attach. The first call also takes over the signals of CPU faults; those that are not a guest's go
// on to whoever had them.
void zx_host_install(const zx_host_table_t* table);

// The file from which this gate was loaded.
const char* zx_host_gate_path(void);

// The calling thread's record, made if there is none yet; NULL when memory is short.
zx_host_thread_t* zx_host_thread_self(void);

// Makes the calling thread known to the kernel as `caller` without a thread_attach, until caller 0 takes that back.
void zx_host_thread_enter(uint64_t caller);

// Blocks until a thread that was made known by thread_attach has ended, and returns its name.
uint64_t zx_host_next_ended_thread(void);

// Copies between the kernel's memory and a caller's. ZX_ERR_INVALID_ARGS when any of it cannot be reached; part of it
// may then have been copied.
zx_status_t zx_host_copy_in(void* kernel, zx_host_user_t user, size_t size);
zx_status_t zx_host_copy_out(zx_host_user_t user, const void* kernel, size_t size);

// Runs entry(arg1, arg2) as guest code on the calling thread, which the kernel must know already, and returns when the
// kernel lets it leave; an entry that returns calls zx_thread_exit(). ZX_ERR_NO_MEMORY: there was no stack for it, and it
// did not run.
zx_status_t zx_host_run(zx_vaddr_t entry, uint64_t arg1, uint64_t arg2);

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
