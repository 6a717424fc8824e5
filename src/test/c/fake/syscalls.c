// The functions of the fake: each is recorded, gives out what the test wants, and returns the status that was set.
#include "recorder.h"
#include <zircon/process.h>
#include <zircon/status.h>
#include <zircon/syscalls.h>
#include <zircon/time.h>

#define FAKE_NOW ((zx_time_t)1000)

// Handles.

zx_status_t zx_handle_close(zx_handle_t handle) {
    RECORD("handle_close", NUMBER(handle));
    return status;
}

zx_status_t zx_handle_close_many(const zx_handle_t* handles, size_t num_handles) {
    RECORD("handle_close_many", IN(handles, num_handles * sizeof *handles), NUMBER(num_handles));
    return status;
}

zx_status_t zx_handle_duplicate(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out) {
    RECORD("handle_duplicate", NUMBER(handle), NUMBER(rights), OUT(out));
    give_handle(out);
    return status;
}

zx_status_t zx_handle_replace(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out) {
    RECORD("handle_replace", NUMBER(handle), NUMBER(rights), OUT(out));
    give_handle(out);
    return status;
}

// Objects.

zx_status_t zx_object_get_info(zx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                               size_t* actual, size_t* avail) {
    RECORD("object_get_info", NUMBER(handle), NUMBER(topic), OUT(buffer), NUMBER(buffer_size),
           OUT(actual), OUT(avail));
    give_info(buffer, buffer_size, actual, avail);
    return status;
}

zx_status_t zx_object_get_property(zx_handle_t handle, uint32_t property, void* value,
                                   size_t value_size) {
    RECORD("object_get_property", NUMBER(handle), NUMBER(property), OUT(value), NUMBER(value_size));
    give_bytes(value, value_size);
    return status;
}

zx_status_t zx_object_set_property(zx_handle_t handle, uint32_t property, const void* value,
                                   size_t value_size) {
    RECORD("object_set_property", NUMBER(handle), NUMBER(property), IN(value, value_size),
           NUMBER(value_size));
    return status;
}

zx_status_t zx_object_get_child(zx_handle_t handle, uint64_t koid, zx_rights_t rights,
                                zx_handle_t* out) {
    RECORD("object_get_child", NUMBER(handle), NUMBER(koid), NUMBER(rights), OUT(out));
    give_handle(out);
    return status;
}

zx_status_t zx_object_signal(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    RECORD("object_signal", NUMBER(handle), NUMBER(clear_mask), NUMBER(set_mask));
    return status;
}

zx_status_t zx_object_signal_peer(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    RECORD("object_signal_peer", NUMBER(handle), NUMBER(clear_mask), NUMBER(set_mask));
    return status;
}

zx_status_t zx_object_wait_one(zx_handle_t handle, zx_signals_t signals, zx_time_t deadline,
                               zx_signals_t* observed) {
    RECORD("object_wait_one", NUMBER(handle), NUMBER(signals), NUMBER(deadline), OUT(observed));
    give_bytes(observed, sizeof *observed);
    return status;
}

zx_status_t zx_object_wait_many(zx_wait_item_t* items, size_t count, zx_time_t deadline) {
    RECORD("object_wait_many", IN(items, count * sizeof *items), NUMBER(count), NUMBER(deadline));
    for (size_t i = 0; i < count; i++) {
        items[i].pending = give_signals(i);
    }
    return status;
}

zx_status_t zx_object_wait_async(zx_handle_t handle, zx_handle_t port, uint64_t key,
                                 zx_signals_t signals, uint32_t options) {
    RECORD("object_wait_async", NUMBER(handle), NUMBER(port), NUMBER(key), NUMBER(signals),
           NUMBER(options));
    return status;
}

// Ports.

zx_status_t zx_port_create(uint32_t options, zx_handle_t* out) {
    RECORD("port_create", NUMBER(options), OUT(out));
    give_handle(out);
    return status;
}

zx_status_t zx_port_queue(zx_handle_t handle, const zx_port_packet_t* packet) {
    RECORD("port_queue", NUMBER(handle), IN(packet, sizeof *packet));
    return status;
}

zx_status_t zx_port_wait(zx_handle_t handle, zx_time_t deadline, zx_port_packet_t* packet) {
    RECORD("port_wait", NUMBER(handle), NUMBER(deadline), OUT(packet));
    give_bytes(packet, sizeof *packet);
    return status;
}

zx_status_t zx_port_cancel(zx_handle_t handle, zx_handle_t source, uint64_t key) {
    RECORD("port_cancel", NUMBER(handle), NUMBER(source), NUMBER(key));
    return status;
}

// Jobs.

zx_status_t zx_job_create(zx_handle_t parent_job, uint32_t options, zx_handle_t* out) {
    RECORD("job_create", NUMBER(parent_job), NUMBER(options), OUT(out));
    give_handle(out);
    return status;
}

zx_status_t zx_job_set_policy(zx_handle_t handle, uint32_t options, uint32_t topic,
                              const void* policy, uint32_t count) {
    RECORD("job_set_policy", NUMBER(handle), NUMBER(options), NUMBER(topic), IN(policy, count *
           sizeof(zx_policy_basic_t)), NUMBER(count));
    return status;
}

// Processes.

zx_status_t zx_process_create(zx_handle_t job, const char* name, size_t name_size, uint32_t options,
                              zx_handle_t* proc_handle, zx_handle_t* vmar_handle) {
    RECORD("process_create", NUMBER(job), IN(name, name_size), NUMBER(name_size), NUMBER(options),
           OUT(proc_handle), OUT(vmar_handle));
    give_handle(proc_handle);
    give_handle(vmar_handle);
    return status;
}

zx_status_t zx_process_start(zx_handle_t handle, zx_handle_t thread, zx_vaddr_t entry,
                             zx_vaddr_t stack, zx_handle_t arg1, uintptr_t arg2) {
    RECORD("process_start", NUMBER(handle), NUMBER(thread), NUMBER(entry), NUMBER(stack),
           NUMBER(arg1), NUMBER(arg2));
    return status;
}

void fake_process_exit(int64_t retcode) __asm__("zx_process_exit");
void fake_process_exit(int64_t retcode) {
    RECORD("process_exit", NUMBER(retcode));
}

zx_status_t zx_process_read_memory(zx_handle_t handle, zx_vaddr_t vaddr, void* buffer,
                                   size_t buffer_size, size_t* actual) {
    RECORD("process_read_memory", NUMBER(handle), NUMBER(vaddr), OUT(buffer), NUMBER(buffer_size),
           OUT(actual));
    *actual = give_bytes(buffer, buffer_size);
    return status;
}

zx_status_t zx_process_write_memory(zx_handle_t handle, zx_vaddr_t vaddr, const void* buffer,
                                    size_t buffer_size, size_t* actual) {
    RECORD("process_write_memory", NUMBER(handle), NUMBER(vaddr), IN(buffer, buffer_size),
           NUMBER(buffer_size), OUT(actual));
    *actual = buffer_size;
    return status;
}

// Threads.

zx_status_t zx_thread_create(zx_handle_t process, const char* name, size_t name_size,
                             uint32_t options, zx_handle_t* out) {
    RECORD("thread_create", NUMBER(process), IN(name, name_size), NUMBER(name_size),
           NUMBER(options), OUT(out));
    give_handle(out);
    return status;
}

zx_status_t zx_thread_start(zx_handle_t handle, zx_vaddr_t thread_entry, zx_vaddr_t stack,
                            uintptr_t arg1, uintptr_t arg2) {
    RECORD("thread_start", NUMBER(handle), NUMBER(thread_entry), NUMBER(stack), NUMBER(arg1),
           NUMBER(arg2));
    return status;
}

void fake_thread_exit(void) __asm__("zx_thread_exit");
void fake_thread_exit(void) {
    RECORD("thread_exit");
}

zx_status_t zx_thread_read_state(zx_handle_t handle, uint32_t kind, void* buffer,
                                 size_t buffer_size) {
    RECORD("thread_read_state", NUMBER(handle), NUMBER(kind), OUT(buffer), NUMBER(buffer_size));
    give_bytes(buffer, buffer_size);
    return status;
}

zx_status_t zx_thread_write_state(zx_handle_t handle, uint32_t kind, const void* buffer,
                                  size_t buffer_size) {
    RECORD("thread_write_state", NUMBER(handle), NUMBER(kind), IN(buffer, buffer_size),
           NUMBER(buffer_size));
    return status;
}

// Tasks.

zx_status_t zx_task_bind_exception_port(zx_handle_t handle, zx_handle_t port, uint64_t key,
                                        uint32_t options) {
    RECORD("task_bind_exception_port", NUMBER(handle), NUMBER(port), NUMBER(key), NUMBER(options));
    return status;
}

zx_status_t zx_task_resume_from_exception(zx_handle_t handle, zx_handle_t port, uint32_t options) {
    RECORD("task_resume_from_exception", NUMBER(handle), NUMBER(port), NUMBER(options));
    return status;
}

zx_status_t zx_task_suspend(zx_handle_t handle, zx_handle_t* token) {
    RECORD("task_suspend", NUMBER(handle), OUT(token));
    give_handle(token);
    return status;
}

zx_status_t zx_task_suspend_token(zx_handle_t handle, zx_handle_t* token) {
    RECORD("task_suspend_token", NUMBER(handle), OUT(token));
    give_handle(token);
    return status;
}

zx_status_t zx_task_kill(zx_handle_t handle) {
    RECORD("task_kill", NUMBER(handle));
    return status;
}

// Channels and events.

zx_status_t zx_channel_create(uint32_t options, zx_handle_t* out0, zx_handle_t* out1) {
    RECORD("channel_create", NUMBER(options), OUT(out0), OUT(out1));
    give_handle(out0);
    give_handle(out1);
    return status;
}

zx_status_t zx_channel_read(zx_handle_t handle, uint32_t options, void* bytes, zx_handle_t* handles,
                            uint32_t num_bytes, uint32_t num_handles, uint32_t* actual_bytes,
                            uint32_t* actual_handles) {
    RECORD("channel_read", NUMBER(handle), NUMBER(options), OUT(bytes), OUT(handles),
           NUMBER(num_bytes), NUMBER(num_handles), OUT(actual_bytes), OUT(actual_handles));
    give_bytes(bytes, num_bytes);
    for (uint32_t i = 0; i < message_handles && i < num_handles; i++) {
        give_handle(&handles[i]);
    }
    give_message_size(actual_bytes, actual_handles);
    return status;
}

zx_status_t zx_channel_read_etc(zx_handle_t handle, uint32_t options, void* bytes,
                                zx_handle_info_t* handles, uint32_t num_bytes, uint32_t num_handles,
                                uint32_t* actual_bytes, uint32_t* actual_handles) {
    RECORD("channel_read_etc", NUMBER(handle), NUMBER(options), OUT(bytes), OUT(handles),
           NUMBER(num_bytes), NUMBER(num_handles), OUT(actual_bytes), OUT(actual_handles));
    give_bytes(bytes, num_bytes);
    for (uint32_t i = 0; i < message_handles && i < num_handles; i++) {
        give_handle(&handles[i].handle);
        handles[i].type = message_type;
    }
    give_message_size(actual_bytes, actual_handles);
    return status;
}

zx_status_t zx_channel_write(zx_handle_t handle, uint32_t options, const void* bytes,
                             uint32_t num_bytes, const zx_handle_t* handles, uint32_t num_handles) {
    RECORD("channel_write", NUMBER(handle), NUMBER(options), IN(bytes, num_bytes),
           NUMBER(num_bytes), IN(handles, num_handles * sizeof *handles), NUMBER(num_handles));
    return status;
}

zx_status_t zx_event_create(uint32_t options, zx_handle_t* out) {
    RECORD("event_create", NUMBER(options), OUT(out));
    give_handle(out);
    return status;
}

zx_status_t zx_eventpair_create(uint32_t options, zx_handle_t* out0, zx_handle_t* out1) {
    RECORD("eventpair_create", NUMBER(options), OUT(out0), OUT(out1));
    give_handle(out0);
    give_handle(out1);
    return status;
}

// Time and system.

zx_time_t zx_clock_get(zx_clock_t clock_id) {
    RECORD("clock_get", NUMBER(clock_id));
    return FAKE_NOW + clock_id;
}

zx_status_t zx_clock_get_new(zx_clock_t clock_id, zx_time_t* out) {
    RECORD("clock_get_new", NUMBER(clock_id), OUT(out));
    give_bytes(out, sizeof *out);
    return status;
}

zx_time_t zx_clock_get_monotonic(void) {
    RECORD("clock_get_monotonic");
    return FAKE_NOW;
}

zx_time_t zx_deadline_after(zx_duration_t nanoseconds) {
    RECORD("deadline_after", NUMBER(nanoseconds));
    return zx_time_add_duration(FAKE_NOW, nanoseconds);
}

zx_status_t zx_nanosleep(zx_time_t deadline) {
    RECORD("nanosleep", NUMBER(deadline));
    return status;
}

zx_status_t zx_system_get_version(char* version, size_t version_size) {
    RECORD("system_get_version", OUT(version), NUMBER(version_size));
    give_bytes(version, version_size);
    return status;
}

// The run-time functions.

zx_handle_t zx_process_self(void) {
    RECORD("process_self");
    return give_self();
}

zx_handle_t zx_thread_self(void) {
    RECORD("thread_self");
    return give_self();
}

zx_handle_t zx_vmar_root_self(void) {
    RECORD("vmar_root_self");
    return give_self();
}

zx_handle_t zx_job_default(void) {
    RECORD("job_default");
    return give_self();
}

zx_handle_t zx_take_startup_handle(uint32_t hnd_info) {
    RECORD("take_startup_handle", NUMBER(hnd_info));
    return give_self();
}

const char* zx_status_get_string(zx_status_t value) {
    RECORD("status_get_string", NUMBER(value));
    return "(UNKNOWN)";
}
