// The calls of wild_pointers.c: for each pointer argument of a syscall, a function that makes the call with it, and all
// other arguments good ones.
#ifndef WILD_POINTER_CALLS_H_
#define WILD_POINTER_CALLS_H_

#include "guest.h"

// The objects that the calls are made with.
static zx_handle_t event;    // Signaled.
static zx_handle_t port;
static zx_handle_t job;      // With one child.
static zx_handle_t child_job;
static zx_handle_t process;  // Never started.
static zx_handle_t faulted;  // A thread that waits for an answer.
static zx_handle_t channel[2];

// What an in-argument holds when it can be read, and what the last call made of it.
static unsigned char content[256];

// One pointer argument of one syscall.
struct argument {
    const char* name;
    zx_status_t (*call)(void* pointer);
    // Fills `content`; NULL for an argument that the syscall writes to.
    void (*fill)(void);
    size_t size;
    // What comes of a pointer that cannot be used, and of NULL.
    zx_status_t unusable;
    zx_status_t null;
};

static void close_at(const void* pointer) {
    zx_handle_t handle;
    memcpy(&handle, pointer, sizeof(handle));
    CHECK_OK(zx_handle_close(handle));
}

// Closes the handle that a successful call stored.
static zx_status_t made(zx_status_t status, const void* pointer) {
    if (status == ZX_OK) {
        close_at(pointer);
    }
    return status;
}

// Closes the other of two handles that a call stored. When the call failed none was stored (C-3).
static void close_other(zx_status_t status, zx_handle_t handle) {
    if (status == ZX_OK) {
        CHECK_OK(zx_handle_close(handle));
    } else {
        CHECK_EQ(ZX_HANDLE_INVALID, handle);
    }
}

static uint32_t handle_count(zx_handle_t handle) {
    zx_info_handle_count_t count = {0};
    MUST(zx_object_get_info(handle, ZX_INFO_HANDLE_COUNT, &count, sizeof(count), NULL, NULL));
    return count.handle_count;
}

// Handles.

static void fill_with_handle(void) {
    zx_handle_t handle = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    memcpy(content, &handle, sizeof(handle));
}

static zx_status_t close_many(void* pointer) {
    zx_status_t status = zx_handle_close_many(pointer, 1);
    // Open still when the array could not be read.
    zx_handle_t handle;
    memcpy(&handle, content, sizeof(handle));
    zx_handle_close(handle);
    return status;
}

static zx_status_t handle_duplicate(void* pointer) {
    uint32_t before = handle_count(event);
    zx_status_t status = made(zx_handle_duplicate(event, ZX_RIGHT_SAME_RIGHTS, pointer), pointer);
    // C-3: the handle that could not be stored is closed.
    CHECK_EQ(before, handle_count(event));
    return status;
}

static zx_status_t handle_replace(void* pointer) {
    zx_handle_t source = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    uint32_t before = handle_count(event);
    zx_status_t status = made(zx_handle_replace(source, ZX_RIGHT_SAME_RIGHTS, pointer), pointer);
    // H-6: the source is closed, also when the new one could not be stored.
    CHECK_EQ(before - 1, handle_count(event));
    return status;
}

// Objects.

static zx_status_t get_info_buffer(void* pointer) {
    return zx_object_get_info(event, ZX_INFO_HANDLE_BASIC, pointer, sizeof(zx_info_handle_basic_t), NULL, NULL);
}

static zx_status_t get_info_list(void* pointer) {
    return zx_object_get_info(job, ZX_INFO_JOB_CHILDREN, pointer, sizeof(zx_koid_t), NULL, NULL);
}

static zx_status_t get_info_actual(void* pointer) {
    zx_info_handle_basic_t info;
    return zx_object_get_info(event, ZX_INFO_HANDLE_BASIC, &info, sizeof(info), pointer, NULL);
}

static zx_status_t get_info_avail(void* pointer) {
    zx_info_handle_basic_t info;
    return zx_object_get_info(event, ZX_INFO_HANDLE_BASIC, &info, sizeof(info), NULL, pointer);
}

static zx_status_t get_info_valid(void* pointer) {
    // I-7: neither buffer nor counts are looked at.
    return zx_object_get_info(event, ZX_INFO_HANDLE_VALID, pointer, 1, pointer, pointer);
}

static zx_status_t get_property(void* pointer) {
    return zx_object_get_property(process, ZX_PROP_NAME, pointer, ZX_MAX_NAME_LEN);
}

static void fill_with_name(void) {
    memcpy(content, "name", 4);
}

static zx_status_t set_property(void* pointer) {
    return zx_object_set_property(process, ZX_PROP_NAME, pointer, 4);
}

static zx_status_t get_child(void* pointer) {
    return made(zx_object_get_child(job, koid_of(child_job), ZX_RIGHT_SAME_RIGHTS, pointer), pointer);
}

static zx_status_t wait_one_observed(void* pointer) {
    return zx_object_wait_one(event, ZX_EVENT_SIGNALED, 0, pointer);
}

// Ports.

static zx_status_t port_create(void* pointer) {
    return made(zx_port_create(0, pointer), pointer);
}

static void fill_with_packet(void) {
    zx_port_packet_t packet = {.key = 5};
    memcpy(content, &packet, sizeof(packet));
}

static zx_status_t port_queue(void* pointer) {
    zx_status_t status = zx_port_queue(port, pointer);
    zx_port_packet_t packet;
    CHECK_STATUS(status == ZX_OK ? ZX_OK : ZX_ERR_TIMED_OUT, zx_port_wait(port, 0, &packet));
    return status;
}

static zx_status_t port_wait(void* pointer) {
    zx_port_packet_t packet = {.key = 5};
    MUST(zx_port_queue(port, &packet));
    zx_status_t status = zx_port_wait(port, 0, pointer);
    // P-2: the packet is lost when it cannot be stored.
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, 0, &packet));
    return status;
}

// Tasks.

static zx_status_t job_create(void* pointer) {
    return made(zx_job_create(child_job, 0, pointer), pointer);
}

static zx_status_t process_create_name(void* pointer) {
    zx_handle_t out = ZX_HANDLE_INVALID;
    zx_handle_t vmar = ZX_HANDLE_INVALID;
    zx_status_t status = zx_process_create(child_job, pointer, 4, 0, &out, &vmar);
    CHECK_OK(zx_handle_close(out));
    CHECK_OK(zx_handle_close(vmar));
    return status;
}

static zx_status_t process_create_process(void* pointer) {
    zx_handle_t vmar = ZX_HANDLE_INVALID;
    zx_status_t status = made(zx_process_create(child_job, "wild", 4, 0, pointer, &vmar), pointer);
    close_other(status, vmar);
    return status;
}

static zx_status_t process_create_vmar(void* pointer) {
    zx_handle_t out = ZX_HANDLE_INVALID;
    zx_status_t status = made(zx_process_create(child_job, "wild", 4, 0, &out, pointer), pointer);
    close_other(status, out);
    return status;
}

static zx_status_t thread_create_name(void* pointer) {
    zx_handle_t out = ZX_HANDLE_INVALID;
    return made(zx_thread_create(process, pointer, 4, 0, &out), &out);
}

static zx_status_t thread_create_thread(void* pointer) {
    return made(zx_thread_create(process, "wild", 4, 0, pointer), pointer);
}

static zx_status_t read_state(void* pointer) {
    return zx_thread_read_state(faulted, ZX_THREAD_STATE_GENERAL_REGS, pointer, sizeof(zx_thread_state_general_regs_t));
}

static void fill_with_registers(void) {
    zx_thread_state_general_regs_t registers = read_registers(faulted);
    memcpy(content, &registers, sizeof(registers));
}

static zx_status_t write_state(void* pointer) {
    return zx_thread_write_state(faulted, ZX_THREAD_STATE_GENERAL_REGS, pointer,
                                 sizeof(zx_thread_state_general_regs_t));
}

// Channels and events.

static zx_status_t event_create(void* pointer) {
    return made(zx_event_create(0, pointer), pointer);
}

typedef zx_status_t create_pair(uint32_t options, zx_handle_t* out0, zx_handle_t* out1);

static zx_status_t create_with_first(create_pair* create, void* pointer) {
    zx_handle_t second = ZX_HANDLE_INVALID;
    zx_status_t status = made(create(0, pointer, &second), pointer);
    close_other(status, second);
    return status;
}

static zx_status_t create_with_second(create_pair* create, void* pointer) {
    zx_handle_t first = ZX_HANDLE_INVALID;
    zx_status_t status = made(create(0, &first, pointer), pointer);
    close_other(status, first);
    return status;
}

static zx_status_t channel_create_0(void* pointer) {
    return create_with_first(zx_channel_create, pointer);
}

static zx_status_t channel_create_1(void* pointer) {
    return create_with_second(zx_channel_create, pointer);
}

static zx_status_t eventpair_create_0(void* pointer) {
    return create_with_first(zx_eventpair_create, pointer);
}

static zx_status_t eventpair_create_1(void* pointer) {
    return create_with_second(zx_eventpair_create, pointer);
}

// Drops whatever lies in the channel.
static void drain(void) {
    uint32_t bytes;
    uint32_t handles;
    zx_status_t status = ZX_OK;
    while (status == ZX_OK || status == ZX_ERR_BUFFER_TOO_SMALL) {
        status = zx_channel_read(channel[1], ZX_CHANNEL_READ_MAY_DISCARD, NULL, NULL, 0, 0, &bytes, &handles);
    }
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, status);
}

enum { MESSAGE_SIZE = 5 };

// The arguments of a read; those that are left alone are good ones.
struct read {
    unsigned char own_bytes[MESSAGE_SIZE];
    zx_handle_info_t own_handles[1];
    uint32_t own_actual[2];
    void* bytes;
    void* handles;
    void* actual_bytes;
    void* actual_handles;
};

static zx_status_t read_message(struct read* read, int etc) {
    zx_handle_t sent = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    MUST(zx_channel_write(channel[0], 0, "bytes", MESSAGE_SIZE, &sent, 1));
    zx_status_t status =
        etc ? zx_channel_read_etc(channel[1], 0, read->bytes, read->handles, MESSAGE_SIZE, 1, read->actual_bytes,
                                  read->actual_handles)
            : zx_channel_read(channel[1], 0, read->bytes, read->handles, MESSAGE_SIZE, 1, read->actual_bytes,
                              read->actual_handles);
    if (status == ZX_OK) {
        close_at(read->handles);
    }
    drain();
    return status;
}

#define READ(function, argument, etc)              \
    static zx_status_t function(void* pointer) {   \
        struct read read;                          \
        read.bytes = read.own_bytes;               \
        read.handles = read.own_handles;           \
        read.actual_bytes = &read.own_actual[0];   \
        read.actual_handles = &read.own_actual[1]; \
        read.argument = pointer;                   \
        return read_message(&read, etc);           \
    }

READ(read_bytes, bytes, 0)
READ(read_handles, handles, 0)
READ(read_actual_bytes, actual_bytes, 0)
READ(read_actual_handles, actual_handles, 0)
READ(read_etc_bytes, bytes, 1)
READ(read_etc_handles, handles, 1)
READ(read_etc_actual_bytes, actual_bytes, 1)
READ(read_etc_actual_handles, actual_handles, 1)

static zx_status_t write_bytes(void* pointer) {
    zx_handle_t sent = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    zx_status_t status = zx_channel_write(channel[0], 0, pointer, 4, &sent, 1);
    // K-2 consumes the handles on every outcome.
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(sent));
    drain();
    return status;
}

static zx_status_t write_handles(void* pointer) {
    zx_status_t status = zx_channel_write(channel[0], 0, "bytes", MESSAGE_SIZE, pointer, 1);
    // Only an array that cannot be read escapes K-2.
    zx_handle_t handle;
    memcpy(&handle, content, sizeof(handle));
    CHECK_STATUS(status == ZX_OK ? ZX_ERR_BAD_HANDLE : ZX_OK, zx_handle_close(handle));
    drain();
    return status;
}

// Policies and memory.

static void fill_with_policy(void) {
    const zx_policy_basic_t policy = {ZX_POL_VMAR_WX, ZX_POL_ACTION_ALLOW};
    memcpy(content, &policy, sizeof(policy));
}

static zx_status_t set_policy(void* pointer) {
    return zx_job_set_policy(child_job, ZX_JOB_POL_ABSOLUTE, ZX_JOB_POL_BASIC, pointer, 1);
}

static char memory[MESSAGE_SIZE];

static zx_status_t read_memory(void* pointer) {
    size_t actual;
    return zx_process_read_memory(process, (zx_vaddr_t)memory, pointer, sizeof(memory), &actual);
}

static zx_status_t read_memory_actual(void* pointer) {
    char byte;
    return zx_process_read_memory(process, (zx_vaddr_t)memory, &byte, 1, pointer);
}

static zx_status_t write_memory(void* pointer) {
    size_t actual;
    return zx_process_write_memory(process, (zx_vaddr_t)memory, pointer, 4, &actual);
}

static zx_status_t write_memory_actual(void* pointer) {
    return zx_process_write_memory(process, (zx_vaddr_t)memory, "x", 1, pointer);
}

// Time and system.

static zx_status_t clock_get_new(void* pointer) {
    return zx_clock_get_new(ZX_CLOCK_MONOTONIC, pointer);
}

static zx_status_t get_version(void* pointer) {
    return zx_system_get_version(pointer, 64);
}

#define BAD ZX_ERR_INVALID_ARGS

static const struct argument arguments[] = {
    {"handle_close_many handles", close_many, fill_with_handle, sizeof(zx_handle_t), ZX_OK, ZX_OK},
    {"handle_duplicate out", handle_duplicate, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"handle_replace out", handle_replace, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"object_get_info buffer", get_info_buffer, NULL, sizeof(zx_info_handle_basic_t), BAD, BAD},
    {"object_get_info buffer of a list", get_info_list, NULL, sizeof(zx_koid_t), BAD, BAD},
    {"object_get_info actual", get_info_actual, NULL, sizeof(size_t), BAD, ZX_OK},
    {"object_get_info avail", get_info_avail, NULL, sizeof(size_t), BAD, ZX_OK},
    {"object_get_info of HANDLE_VALID", get_info_valid, NULL, sizeof(size_t), ZX_OK, ZX_OK},
    {"object_get_property value", get_property, NULL, ZX_MAX_NAME_LEN, BAD, BAD},
    {"object_set_property value", set_property, fill_with_name, 4, BAD, BAD},
    {"object_get_child out", get_child, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"object_wait_one observed", wait_one_observed, NULL, sizeof(zx_signals_t), BAD, ZX_OK},
    {"port_create out", port_create, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"port_queue packet", port_queue, fill_with_packet, sizeof(zx_port_packet_t), BAD, BAD},
    {"port_wait packet", port_wait, NULL, sizeof(zx_port_packet_t), BAD, BAD},
    {"job_create out", job_create, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"process_create name", process_create_name, fill_with_name, 4, BAD, BAD},
    {"process_create proc_handle", process_create_process, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"process_create vmar_handle", process_create_vmar, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"job_set_policy policy", set_policy, fill_with_policy, sizeof(zx_policy_basic_t), BAD, BAD},
    {"process_read_memory buffer", read_memory, NULL, MESSAGE_SIZE, BAD, BAD},
    {"process_read_memory actual", read_memory_actual, NULL, sizeof(size_t), BAD, BAD},
    {"process_write_memory buffer", write_memory, fill_with_name, 4, BAD, BAD},
    {"process_write_memory actual", write_memory_actual, NULL, sizeof(size_t), BAD, BAD},
    {"thread_create name", thread_create_name, fill_with_name, 4, BAD, BAD},
    {"thread_create out", thread_create_thread, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"thread_read_state buffer", read_state, NULL, sizeof(zx_thread_state_general_regs_t), BAD, BAD},
    {"thread_write_state buffer", write_state, fill_with_registers, sizeof(zx_thread_state_general_regs_t), BAD, BAD},
    {"event_create out", event_create, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"channel_create out0", channel_create_0, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"channel_create out1", channel_create_1, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"eventpair_create out0", eventpair_create_0, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"eventpair_create out1", eventpair_create_1, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"channel_read bytes", read_bytes, NULL, MESSAGE_SIZE, BAD, BAD},
    {"channel_read handles", read_handles, NULL, sizeof(zx_handle_t), BAD, BAD},
    {"channel_read actual_bytes", read_actual_bytes, NULL, sizeof(uint32_t), BAD, ZX_OK},
    {"channel_read actual_handles", read_actual_handles, NULL, sizeof(uint32_t), BAD, ZX_OK},
    {"channel_read_etc bytes", read_etc_bytes, NULL, MESSAGE_SIZE, BAD, BAD},
    {"channel_read_etc handles", read_etc_handles, NULL, sizeof(zx_handle_info_t), BAD, BAD},
    {"channel_read_etc actual_bytes", read_etc_actual_bytes, NULL, sizeof(uint32_t), BAD, ZX_OK},
    {"channel_read_etc actual_handles", read_etc_actual_handles, NULL, sizeof(uint32_t), BAD, ZX_OK},
    {"channel_write bytes", write_bytes, fill_with_name, 4, BAD, BAD},
    {"channel_write handles", write_handles, fill_with_handle, sizeof(zx_handle_t), BAD, BAD},
    {"clock_get_new out", clock_get_new, NULL, sizeof(zx_time_t), BAD, BAD},
    {"system_get_version version", get_version, NULL, 64, BAD, BAD},
};

#endif // WILD_POINTER_CALLS_H_
