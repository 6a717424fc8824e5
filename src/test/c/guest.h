// What most guest programs do: start threads and processes, and take an exception from its packet to its answer.
#ifndef GUEST_H_
#define GUEST_H_

#include "check.h"

#include <string.h>
#include <zircon/process.h>
#include <zircon/syscalls.h>
#include <zircon/syscalls/debug.h>
#include <zircon/time.h>

// Every wait of these programs ends long before; one that does not is a failed check and not a program that hangs.
#define SOON zx_deadline_after(ZX_SEC(30))

typedef void guest_entry(uintptr_t arg1, uintptr_t arg2);

// A stack pointer as a function finds it on entry. Each thread gets a stack of its own; they are never given back.
static inline uintptr_t new_stack(void) {
    enum { STACKS = 16, STACK_SIZE = 64 * 1024 };
    static _Alignas(16) unsigned char stacks[STACKS][STACK_SIZE];
    static int next;
    int mine = __atomic_fetch_add(&next, 1, __ATOMIC_SEQ_CST) % STACKS;
    return (uintptr_t)stacks[mine] + STACK_SIZE - sizeof(uintptr_t);
}

static inline zx_handle_t new_thread(zx_handle_t process, const char* name) {
    zx_handle_t thread = ZX_HANDLE_INVALID;
    MUST(zx_thread_create(process, name, strlen(name), 0, &thread));
    return thread;
}

// Runs entry(arg1, arg2) on a new thread of this process. The entry must end with zx_thread_exit().
static inline zx_handle_t start_thread(const char* name, guest_entry* entry, uintptr_t arg1, uintptr_t arg2) {
    zx_handle_t thread = new_thread(zx_process_self(), name);
    MUST(zx_thread_start(thread, (zx_vaddr_t)entry, new_stack(), arg1, arg2));
    return thread;
}

// Waits until a thread or process is dead.
static inline void wait_until_terminated(zx_handle_t task) {
    MUST(zx_object_wait_one(task, ZX_TASK_TERMINATED, SOON, NULL));
}

static inline void join_thread(zx_handle_t thread) {
    wait_until_terminated(thread);
    MUST(zx_handle_close(thread));
}

static inline zx_handle_t new_process(zx_handle_t job, const char* name) {
    zx_handle_t process = ZX_HANDLE_INVALID;
    zx_handle_t root_vmar = ZX_HANDLE_INVALID;
    MUST(zx_process_create(job, name, strlen(name), 0, &process, &root_vmar));
    MUST(zx_handle_close(root_vmar));
    return process;
}

// Runs entry(arg1, arg2) as the first thread of a process. arg1 moves there and is a handle of that process then.
static inline void start_process(zx_handle_t process, zx_handle_t thread, guest_entry* entry, zx_handle_t arg1,
                                 uintptr_t arg2) {
    MUST(zx_process_start(process, thread, (zx_vaddr_t)entry, new_stack(), arg1, arg2));
}

static inline zx_handle_t new_port(void) {
    zx_handle_t port = ZX_HANDLE_INVALID;
    MUST(zx_port_create(0, &port));
    return port;
}

static inline zx_handle_t new_event(void) {
    zx_handle_t event = ZX_HANDLE_INVALID;
    MUST(zx_event_create(0, &event));
    return event;
}

static inline zx_handle_t duplicate(zx_handle_t handle, zx_rights_t rights) {
    zx_handle_t copy = ZX_HANDLE_INVALID;
    MUST(zx_handle_duplicate(handle, rights, &copy));
    return copy;
}

// A number that was a handle and is none any more.
static inline zx_handle_t closed_handle(void) {
    zx_handle_t event = new_event();
    MUST(zx_handle_close(event));
    return event;
}

static inline zx_info_handle_basic_t basic_info(zx_handle_t handle) {
    zx_info_handle_basic_t info = {0};
    MUST(zx_object_get_info(handle, ZX_INFO_HANDLE_BASIC, &info, sizeof(info), NULL, NULL));
    return info;
}

static inline zx_koid_t koid_of(zx_handle_t handle) {
    return basic_info(handle).koid;
}

static inline zx_info_process_t process_info(zx_handle_t process) {
    zx_info_process_t info = {0};
    MUST(zx_object_get_info(process, ZX_INFO_PROCESS, &info, sizeof(info), NULL, NULL));
    return info;
}

static inline zx_info_thread_t thread_info(zx_handle_t thread) {
    zx_info_thread_t info = {0};
    MUST(zx_object_get_info(thread, ZX_INFO_THREAD, &info, sizeof(info), NULL, NULL));
    return info;
}

static inline zx_port_packet_t next_packet(zx_handle_t port) {
    zx_port_packet_t packet;
    MUST(zx_port_wait(port, SOON, &packet));
    return packet;
}

// Takes the next packet, which must announce an exception of `type` in `process` with the binding's `key`.
static inline zx_packet_exception_t next_exception_packet(zx_handle_t port, uint64_t key, zx_excp_type_t type,
                                                          zx_handle_t process) {
    zx_port_packet_t packet = next_packet(port);
    CHECK_EQ(key, packet.key);
    CHECK(ZX_PKT_IS_EXCEPTION(packet.type));
    CHECK_EQ(type, packet.type);
    CHECK_STATUS(ZX_OK, packet.status);
    CHECK_EQ(koid_of(process), packet.exception.pid);
    CHECK_EQ(0, packet.exception.reserved0);
    CHECK_EQ(0, packet.exception.reserved1);
    return packet.exception;
}

// The same, and returns a handle to the thread, which is in `state` and waits for the answer.
static inline zx_handle_t next_exception_in(zx_handle_t port, uint64_t key, zx_excp_type_t type, zx_handle_t process,
                                            zx_thread_state_t state) {
    zx_packet_exception_t packet = next_exception_packet(port, key, type, process);
    zx_handle_t thread = ZX_HANDLE_INVALID;
    MUST(zx_object_get_child(process, packet.tid, ZX_RIGHT_SAME_RIGHTS, &thread));
    CHECK_EQ(state, thread_info(thread).state);
    return thread;
}

static inline zx_handle_t next_exception(zx_handle_t port, uint64_t key, zx_excp_type_t type, zx_handle_t process) {
    return next_exception_in(port, key, type, process, ZX_THREAD_STATE_BLOCKED_EXCEPTION);
}

static inline void expect_no_packet(zx_handle_t port) {
    zx_port_packet_t packet;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_port_wait(port, 0, &packet));
}

static inline zx_exception_report_t exception_report(zx_handle_t thread) {
    zx_exception_report_t report = {0};
    MUST(zx_object_get_info(thread, ZX_INFO_THREAD_EXCEPTION_REPORT, &report, sizeof(report), NULL, NULL));
    CHECK_EQ(sizeof(report), report.header.size);
    return report;
}

static inline zx_thread_state_general_regs_t read_registers(zx_handle_t thread) {
    zx_thread_state_general_regs_t registers = {0};
    MUST(zx_thread_read_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &registers, sizeof(registers)));
    return registers;
}

static inline void write_registers(zx_handle_t thread, const zx_thread_state_general_regs_t* registers) {
    MUST(zx_thread_write_state(thread, ZX_THREAD_STATE_GENERAL_REGS, registers, sizeof(*registers)));
}

// ud2, the shortest instruction that is undefined on purpose, is two bytes long.
enum { UD2_SIZE = 2 };

// Lets a thread that stopped at a ud2 go on behind it.
static inline void step_over_ud2(zx_handle_t thread) {
    zx_thread_state_general_regs_t registers = read_registers(thread);
    registers.rip += UD2_SIZE;
    write_registers(thread, &registers);
}

#endif // GUEST_H_
