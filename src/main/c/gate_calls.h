// Every call of the kernel that a program can make, once: X(kind, type, name, (arguments), parameters...), in the order
// of zx_host_call. Read by C, which makes the upcalls, and by the assembler, which makes the entries.
//
// The kinds: CALL; CALL_8, whose last two of eight arguments come on the stack; EXIT, after which a native guest is never
// entered again; CALL_ONE_NAME, which has no second name with an underscore before it.
#ifndef GATE_CALLS_H_
#define GATE_CALLS_H_

#define GATE_CALLS(X) \
    X(CALL, zx_status_t, handle_close, (handle), zx_handle_t handle) \
    X(CALL, zx_status_t, handle_close_many, (handles, num_handles), zx_host_user_t handles, \
      size_t num_handles) \
    X(CALL, zx_status_t, handle_duplicate, (handle, rights, out), zx_handle_t handle, \
      zx_rights_t rights, zx_host_user_t out) \
    X(CALL, zx_status_t, handle_replace, (handle, rights, out), zx_handle_t handle, \
      zx_rights_t rights, zx_host_user_t out) \
    X(CALL, zx_status_t, object_get_info, (handle, topic, buffer, buffer_size, actual, avail), \
      zx_handle_t handle, uint32_t topic, zx_host_user_t buffer, size_t buffer_size, \
      zx_host_user_t actual, zx_host_user_t avail) \
    X(CALL, zx_status_t, object_get_property, (handle, property, value, value_size), \
      zx_handle_t handle, uint32_t property, zx_host_user_t value, size_t value_size) \
    X(CALL, zx_status_t, object_set_property, (handle, property, value, value_size), \
      zx_handle_t handle, uint32_t property, zx_host_user_t value, size_t value_size) \
    X(CALL, zx_status_t, object_get_child, (handle, koid, rights, out), zx_handle_t handle, \
      uint64_t koid, zx_rights_t rights, zx_host_user_t out) \
    X(CALL, zx_status_t, object_signal, (handle, clear_mask, set_mask), zx_handle_t handle, \
      uint32_t clear_mask, uint32_t set_mask) \
    X(CALL, zx_status_t, object_signal_peer, (handle, clear_mask, set_mask), zx_handle_t handle, \
      uint32_t clear_mask, uint32_t set_mask) \
    X(CALL, zx_status_t, object_wait_one, (handle, signals, deadline, observed), \
      zx_handle_t handle, zx_signals_t signals, zx_time_t deadline, zx_host_user_t observed) \
    X(CALL, zx_status_t, object_wait_many, (items, count, deadline), zx_host_user_t items, \
      size_t count, zx_time_t deadline) \
    X(CALL, zx_status_t, object_wait_async, (handle, port, key, signals, options), \
      zx_handle_t handle, zx_handle_t port, uint64_t key, zx_signals_t signals, uint32_t options) \
    X(CALL, zx_status_t, port_create, (options, out), uint32_t options, zx_host_user_t out) \
    X(CALL, zx_status_t, port_queue, (handle, packet), zx_handle_t handle, zx_host_user_t packet) \
    X(CALL, zx_status_t, port_wait, (handle, deadline, packet), zx_handle_t handle, \
      zx_time_t deadline, zx_host_user_t packet) \
    X(CALL, zx_status_t, port_cancel, (handle, source, key), zx_handle_t handle, \
      zx_handle_t source, uint64_t key) \
    X(CALL, zx_status_t, job_create, (parent_job, options, out), zx_handle_t parent_job, \
      uint32_t options, zx_host_user_t out) \
    X(CALL, zx_status_t, job_set_policy, (handle, options, topic, policy, count), \
      zx_handle_t handle, uint32_t options, uint32_t topic, zx_host_user_t policy, uint32_t count) \
    X(CALL, zx_status_t, process_create, \
      (job, name, name_size, options, proc_handle, vmar_handle), zx_handle_t job, \
      zx_host_user_t name, size_t name_size, uint32_t options, zx_host_user_t proc_handle, \
      zx_host_user_t vmar_handle) \
    X(CALL, zx_status_t, process_start, (handle, thread, entry, stack, arg1, arg2), \
      zx_handle_t handle, zx_handle_t thread, zx_vaddr_t entry, zx_vaddr_t stack, \
      zx_handle_t arg1, uintptr_t arg2) \
    X(EXIT, void, process_exit, (retcode), int64_t retcode) \
    X(CALL, zx_status_t, process_read_memory, (handle, vaddr, buffer, buffer_size, actual), \
      zx_handle_t handle, zx_vaddr_t vaddr, zx_host_user_t buffer, size_t buffer_size, \
      zx_host_user_t actual) \
    X(CALL, zx_status_t, process_write_memory, (handle, vaddr, buffer, buffer_size, actual), \
      zx_handle_t handle, zx_vaddr_t vaddr, zx_host_user_t buffer, size_t buffer_size, \
      zx_host_user_t actual) \
    X(CALL, zx_status_t, thread_create, (process, name, name_size, options, out), \
      zx_handle_t process, zx_host_user_t name, size_t name_size, uint32_t options, \
      zx_host_user_t out) \
    X(CALL, zx_status_t, thread_start, (handle, thread_entry, stack, arg1, arg2), \
      zx_handle_t handle, zx_vaddr_t thread_entry, zx_vaddr_t stack, uintptr_t arg1, \
      uintptr_t arg2) \
    X(EXIT, void, thread_exit, ()) \
    X(CALL, zx_status_t, thread_read_state, (handle, kind, buffer, buffer_size), \
      zx_handle_t handle, uint32_t kind, zx_host_user_t buffer, size_t buffer_size) \
    X(CALL, zx_status_t, thread_write_state, (handle, kind, buffer, buffer_size), \
      zx_handle_t handle, uint32_t kind, zx_host_user_t buffer, size_t buffer_size) \
    X(CALL, zx_status_t, task_bind_exception_port, (handle, port, key, options), \
      zx_handle_t handle, zx_handle_t port, uint64_t key, uint32_t options) \
    X(CALL, zx_status_t, task_resume_from_exception, (handle, port, options), \
      zx_handle_t handle, zx_handle_t port, uint32_t options) \
    X(CALL, zx_status_t, task_suspend, (handle, token), zx_handle_t handle, zx_host_user_t token) \
    X(CALL, zx_status_t, task_suspend_token, (handle, token), zx_handle_t handle, \
      zx_host_user_t token) \
    X(CALL, zx_status_t, task_kill, (handle), zx_handle_t handle) \
    X(CALL, zx_status_t, channel_create, (options, out0, out1), uint32_t options, \
      zx_host_user_t out0, zx_host_user_t out1) \
    X(CALL_8, zx_status_t, channel_read, \
      (handle, options, bytes, handles, num_bytes, num_handles, actual_bytes, actual_handles), \
      zx_handle_t handle, uint32_t options, zx_host_user_t bytes, zx_host_user_t handles, \
      uint32_t num_bytes, uint32_t num_handles, zx_host_user_t actual_bytes, \
      zx_host_user_t actual_handles) \
    X(CALL_8, zx_status_t, channel_read_etc, \
      (handle, options, bytes, handles, num_bytes, num_handles, actual_bytes, actual_handles), \
      zx_handle_t handle, uint32_t options, zx_host_user_t bytes, zx_host_user_t handles, \
      uint32_t num_bytes, uint32_t num_handles, zx_host_user_t actual_bytes, \
      zx_host_user_t actual_handles) \
    X(CALL, zx_status_t, channel_write, \
      (handle, options, bytes, num_bytes, handles, num_handles), zx_handle_t handle, \
      uint32_t options, zx_host_user_t bytes, uint32_t num_bytes, zx_host_user_t handles, \
      uint32_t num_handles) \
    X(CALL, zx_status_t, event_create, (options, out), uint32_t options, zx_host_user_t out) \
    X(CALL, zx_status_t, eventpair_create, (options, out0, out1), uint32_t options, \
      zx_host_user_t out0, zx_host_user_t out1) \
    X(CALL, zx_time_t, clock_get, (clock_id), zx_clock_t clock_id) \
    X(CALL, zx_status_t, clock_get_new, (clock_id, out), zx_clock_t clock_id, zx_host_user_t out) \
    X(CALL, zx_time_t, clock_get_monotonic, ()) \
    X(CALL, zx_time_t, deadline_after, (nanoseconds), zx_duration_t nanoseconds) \
    X(CALL, zx_status_t, nanosleep, (deadline), zx_time_t deadline) \
    X(CALL, zx_status_t, system_get_version, (version, version_size), zx_host_user_t version, \
      size_t version_size) \
    X(CALL, zx_handle_t, process_self, ()) \
    X(CALL, zx_handle_t, thread_self, ()) \
    X(CALL, zx_handle_t, vmar_root_self, ()) \
    X(CALL, zx_handle_t, job_default, ()) \
    X(CALL_ONE_NAME, zx_handle_t, take_startup_handle, (hnd_info), uint32_t hnd_info)

#endif // GATE_CALLS_H_
