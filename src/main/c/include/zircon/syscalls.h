// The syscalls. Each exists under two names, zx_... and _zx_..., which are one function.
#ifndef ZIRCON_SYSCALLS_H_
#define ZIRCON_SYSCALLS_H_

#include <stddef.h>
#include <stdint.h>
#include <zircon/compiler.h>
#include <zircon/syscalls/exception.h>
#include <zircon/syscalls/object.h>
#include <zircon/syscalls/policy.h>
#include <zircon/syscalls/port.h>
#include <zircon/syscalls/types.h>
#include <zircon/types.h>

__BEGIN_CDECLS

#define ZX_SYSCALL_DECL(type, name, prototype, attributes) \
    extern type zx_##name prototype attributes;            \
    extern type _zx_##name prototype attributes;

// Handles.
ZX_SYSCALL_DECL(zx_status_t, handle_close, (zx_handle_t handle), )
ZX_SYSCALL_DECL(zx_status_t, handle_close_many, (const zx_handle_t* handles, size_t num_handles), )
ZX_SYSCALL_DECL(zx_status_t, handle_duplicate,
                (zx_handle_t handle, zx_rights_t rights, zx_handle_t* out), )
ZX_SYSCALL_DECL(zx_status_t, handle_replace,
                (zx_handle_t handle, zx_rights_t rights, zx_handle_t* out), )

// Objects.
ZX_SYSCALL_DECL(zx_status_t, object_get_info,
                (zx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                 size_t* actual, size_t* avail), )
ZX_SYSCALL_DECL(zx_status_t, object_get_property,
                (zx_handle_t handle, uint32_t property, void* value, size_t value_size), )
ZX_SYSCALL_DECL(zx_status_t, object_set_property,
                (zx_handle_t handle, uint32_t property, const void* value, size_t value_size), )
ZX_SYSCALL_DECL(zx_status_t, object_get_child,
                (zx_handle_t handle, uint64_t koid, zx_rights_t rights, zx_handle_t* out), )
ZX_SYSCALL_DECL(zx_status_t, object_signal,
                (zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask), )
ZX_SYSCALL_DECL(zx_status_t, object_signal_peer,
                (zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask), )
ZX_SYSCALL_DECL(zx_status_t, object_wait_one,
                (zx_handle_t handle, zx_signals_t signals, zx_time_t deadline,
                 zx_signals_t* observed), )
ZX_SYSCALL_DECL(zx_status_t, object_wait_many,
                (zx_wait_item_t* items, size_t count, zx_time_t deadline), )
ZX_SYSCALL_DECL(zx_status_t, object_wait_async,
                (zx_handle_t handle, zx_handle_t port, uint64_t key, zx_signals_t signals,
                 uint32_t options), )

// Ports.
ZX_SYSCALL_DECL(zx_status_t, port_create, (uint32_t options, zx_handle_t* out), )
ZX_SYSCALL_DECL(zx_status_t, port_queue, (zx_handle_t handle, const zx_port_packet_t* packet), )
ZX_SYSCALL_DECL(zx_status_t, port_wait,
                (zx_handle_t handle, zx_time_t deadline, zx_port_packet_t* packet), )
ZX_SYSCALL_DECL(zx_status_t, port_cancel, (zx_handle_t handle, zx_handle_t source, uint64_t key), )

// Jobs.
ZX_SYSCALL_DECL(zx_status_t, job_create,
                (zx_handle_t parent_job, uint32_t options, zx_handle_t* out), )
ZX_SYSCALL_DECL(zx_status_t, job_set_policy,
                (zx_handle_t handle, uint32_t options, uint32_t topic, const void* policy,
                 uint32_t count), )

// Processes.
ZX_SYSCALL_DECL(zx_status_t, process_create,
                (zx_handle_t job, const char* name, size_t name_size, uint32_t options,
                 zx_handle_t* proc_handle, zx_handle_t* vmar_handle), )
ZX_SYSCALL_DECL(zx_status_t, process_start,
                (zx_handle_t handle, zx_handle_t thread, zx_vaddr_t entry, zx_vaddr_t stack,
                 zx_handle_t arg1, uintptr_t arg2), )
ZX_SYSCALL_DECL(void, process_exit, (int64_t retcode), __NO_RETURN)
ZX_SYSCALL_DECL(zx_status_t, process_read_memory,
                (zx_handle_t handle, zx_vaddr_t vaddr, void* buffer, size_t buffer_size,
                 size_t* actual), )
ZX_SYSCALL_DECL(zx_status_t, process_write_memory,
                (zx_handle_t handle, zx_vaddr_t vaddr, const void* buffer, size_t buffer_size,
                 size_t* actual), )

// Threads.
ZX_SYSCALL_DECL(zx_status_t, thread_create,
                (zx_handle_t process, const char* name, size_t name_size, uint32_t options,
                 zx_handle_t* out), )
ZX_SYSCALL_DECL(zx_status_t, thread_start,
                (zx_handle_t handle, zx_vaddr_t thread_entry, zx_vaddr_t stack, uintptr_t arg1,
                 uintptr_t arg2), )
ZX_SYSCALL_DECL(void, thread_exit, (void), __NO_RETURN)
ZX_SYSCALL_DECL(zx_status_t, thread_read_state,
                (zx_handle_t handle, uint32_t kind, void* buffer, size_t buffer_size), )
ZX_SYSCALL_DECL(zx_status_t, thread_write_state,
                (zx_handle_t handle, uint32_t kind, const void* buffer, size_t buffer_size), )

// Tasks: jobs, processes and threads alike.
ZX_SYSCALL_DECL(zx_status_t, task_bind_exception_port,
                (zx_handle_t handle, zx_handle_t port, uint64_t key, uint32_t options), )
ZX_SYSCALL_DECL(zx_status_t, task_resume_from_exception,
                (zx_handle_t handle, zx_handle_t port, uint32_t options), )
ZX_SYSCALL_DECL(zx_status_t, task_suspend, (zx_handle_t handle, zx_handle_t* token), )
ZX_SYSCALL_DECL(zx_status_t, task_suspend_token, (zx_handle_t handle, zx_handle_t* token), )
ZX_SYSCALL_DECL(zx_status_t, task_kill, (zx_handle_t handle), )

// Channels and events.
ZX_SYSCALL_DECL(zx_status_t, channel_create,
                (uint32_t options, zx_handle_t* out0, zx_handle_t* out1), )
ZX_SYSCALL_DECL(zx_status_t, channel_read,
                (zx_handle_t handle, uint32_t options, void* bytes, zx_handle_t* handles,
                 uint32_t num_bytes, uint32_t num_handles, uint32_t* actual_bytes,
                 uint32_t* actual_handles), )
ZX_SYSCALL_DECL(zx_status_t, channel_read_etc,
                (zx_handle_t handle, uint32_t options, void* bytes, zx_handle_info_t* handles,
                 uint32_t num_bytes, uint32_t num_handles, uint32_t* actual_bytes,
                 uint32_t* actual_handles), )
ZX_SYSCALL_DECL(zx_status_t, channel_write,
                (zx_handle_t handle, uint32_t options, const void* bytes, uint32_t num_bytes,
                 const zx_handle_t* handles, uint32_t num_handles), )
ZX_SYSCALL_DECL(zx_status_t, event_create, (uint32_t options, zx_handle_t* out), )
ZX_SYSCALL_DECL(zx_status_t, eventpair_create,
                (uint32_t options, zx_handle_t* out0, zx_handle_t* out1), )

// Time and system.
ZX_SYSCALL_DECL(zx_time_t, clock_get, (zx_clock_t clock_id), )
ZX_SYSCALL_DECL(zx_status_t, clock_get_new, (zx_clock_t clock_id, zx_time_t* out), )
ZX_SYSCALL_DECL(zx_time_t, clock_get_monotonic, (void), )
ZX_SYSCALL_DECL(zx_time_t, deadline_after, (zx_duration_t nanoseconds), )
ZX_SYSCALL_DECL(zx_status_t, nanosleep, (zx_time_t deadline), )
ZX_SYSCALL_DECL(zx_status_t, system_get_version, (char* version, size_t version_size), )

#undef ZX_SYSCALL_DECL

__END_CDECLS

#endif // ZIRCON_SYSCALLS_H_
