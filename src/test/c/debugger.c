// A debugger: it attaches before the debuggee's first instruction, stops it at a breakpoint that it writes into its code,
// steps it, suspends it while it runs, reads and writes its registers and memory, and detaches. The debuggee computes a
// checksum with what the debugger had its hands on, and never notices.
//
// zircon.guest.DebuggerTest does the same in Java, with the functions and data that this program exports.
#include "guest.h"

enum { JOB_KEY = 61, PROCESS_KEY = 62, WORDS = 6, REMOVED_AT = 4, CODE_SIZE = 9, FIRST_INSTRUCTION = 4, BREAKPOINT = 0xcc };

// mix(sum, word): the sum plus twice the word, exclusive-or the sum. Its first instruction is four bytes long.
uint64_t mix(uint64_t sum, uint64_t word);
__asm__(
    ".text\n"
    ".globl mix\n"
    ".type mix, @function\n"
    "mix:\n"
    "    leaq (%rdi,%rsi,2), %rax\n"
    "    xorq %rdi, %rax\n"
    "    ret\n"
    "    nop\n"
    ".size mix, .-mix\n");

static const uint8_t code_of_mix[CODE_SIZE] = {0x48, 0x8d, 0x04, 0x77, 0x48, 0x31, 0xf8, 0xc3, 0x90};

// What the debuggee works on. The processes of one program share its statics; a debugger gets at them by
// zx_process_read_memory() all the same.
struct work {
    uint64_t words[WORDS];
    volatile uint64_t sum;
    volatile uint64_t spins;
    volatile uint64_t go_on;
};

struct work work = {.words = {3, 0x1234, 0xffffffffffffffff, 0x8000000000000000, 77, 0x0123456789abcdef}};

static uint64_t round_of(uint64_t sum) {
    for (int i = 0; i < WORDS; i++) {
        sum = mix(sum, work.words[i]);
        work.sum = sum;
    }
    return sum;
}

// The debuggee: a round, then user signal 0 of its event and a loop until it may go on, then another round. Its process's
// code is the checksum, or zero if someone has left a trace in its code.
void debuggee(uintptr_t event, uintptr_t unused) {
    (void)unused;
    uint64_t sum = round_of(1);
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    while (work.go_on == 0) {
        work.spins++;
    }
    sum = round_of(sum);
    zx_process_exit(memcmp(code_of_mix, (const void*)(uintptr_t)mix, CODE_SIZE) == 0 ? (int64_t)sum : 0);
}

// What mix() is to compute, without its code.
static uint64_t mixed(uint64_t sum, uint64_t word) {
    return (sum + 2 * word) ^ sum;
}

struct session {
    zx_handle_t job;
    zx_handle_t process;
    zx_handle_t thread;
    zx_handle_t event;
    zx_handle_t job_port;
    zx_handle_t port;
};

static void read_memory(const struct session* session, uintptr_t address, void* to, size_t size) {
    size_t actual = 0;
    MUST(zx_process_read_memory(session->process, address, to, size, &actual));
    CHECK_EQ(size, actual);
}

static void write_memory(const struct session* session, uintptr_t address, const void* from, size_t size) {
    size_t actual = 0;
    MUST(zx_process_write_memory(session->process, address, from, size, &actual));
    CHECK_EQ(size, actual);
}

static void write_code(const struct session* session, uint8_t byte) {
    write_memory(session, (uintptr_t)mix, &byte, 1);
    uint8_t written = 0;
    read_memory(session, (uintptr_t)mix, &written, 1);
    CHECK_EQ(byte, written);
}

static void insert_breakpoint(const struct session* session) {
    uint8_t code[CODE_SIZE];
    read_memory(session, (uintptr_t)mix, code, CODE_SIZE);
    CHECK_EQ(0, memcmp(code_of_mix, code, CODE_SIZE));
    write_code(session, BREAKPOINT);
}

static void resume(const struct session* session) {
    MUST(zx_task_resume_from_exception(session->thread, session->port, 0));
}

// Waits until the debuggee has stopped, and returns its registers.
static zx_thread_state_general_regs_t next_stop(const struct session* session, zx_excp_type_t type) {
    MUST(zx_handle_close(next_exception(session->port, PROCESS_KEY, type, session->process)));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_DEBUGGER, thread_info(session->thread).wait_exception_port_type);
    CHECK_EQ(type, exception_report(session->thread).header.type);
    return read_registers(session->thread);
}

static void set_single_step(const struct session* session, uint32_t on) {
    MUST(zx_thread_write_state(session->thread, ZX_THREAD_STATE_SINGLE_STEP, &on, sizeof(on)));
}

// Starts the process with a debugger at its job, which makes way for one at the process itself.
static struct session attach(void) {
    struct session session = {0};
    MUST(zx_job_create(zx_job_default(), 0, &session.job));
    session.process = new_process(session.job, "debuggee");
    session.thread = new_thread(session.process, "debuggee");
    session.event = new_event();
    session.job_port = new_port();
    session.port = new_port();
    MUST(zx_task_bind_exception_port(session.job, session.job_port, JOB_KEY, ZX_EXCEPTION_PORT_DEBUGGER));
    start_process(session.process, session.thread, debuggee, duplicate(session.event, ZX_RIGHT_SAME_RIGHTS), 0);
    MUST(zx_handle_close(next_exception(session.job_port, JOB_KEY, ZX_EXCP_PROCESS_STARTING, session.process)));
    //
    CHECK_EQ(0, process_info(session.process).debugger_attached);
    MUST(zx_task_bind_exception_port(session.process, session.port, PROCESS_KEY, ZX_EXCEPTION_PORT_DEBUGGER));
    CHECK_EQ(1, process_info(session.process).debugger_attached);
    MUST(zx_task_resume_from_exception(session.thread, session.job_port, 0));
    // the thread comes after its process.
    MUST(zx_handle_close(next_exception(session.port, PROCESS_KEY, ZX_EXCP_THREAD_STARTING, session.process)));
    return session;
}

// Takes the breakpoint that mix(sum, word) runs into, and steps over the instruction that it stands for. Returns the
// result that the step showed.
static uint64_t take_breakpoint(const struct session* session, uint64_t sum, uint64_t word, int remove) {
    zx_thread_state_general_regs_t registers = next_stop(session, ZX_EXCP_SW_BREAKPOINT);
    // behind the int3.
    CHECK_EQ((uintptr_t)mix + 1, registers.rip);
    CHECK_EQ(sum, registers.rdi);
    CHECK_EQ(word, registers.rsi);
    // On top of the stack lies the address to return to, in the function that calls mix().
    uint64_t caller = 0;
    read_memory(session, registers.rsp, &caller, sizeof(caller));
    CHECK(caller - (uintptr_t)round_of < 256);

    write_code(session, code_of_mix[0]);
    registers.rip = (uintptr_t)mix;
    write_registers(session->thread, &registers);
    set_single_step(session, 1);
    resume(session);

    zx_thread_state_general_regs_t stepped = next_stop(session, ZX_EXCP_HW_BREAKPOINT);
    CHECK_EQ((uintptr_t)mix + FIRST_INSTRUCTION, stepped.rip);
    CHECK_EQ(sum + 2 * word, stepped.rax);
    CHECK_EQ(registers.rsp, stepped.rsp);
    CHECK_EQ(registers.rdi, stepped.rdi);
    CHECK_EQ(registers.rbx, stepped.rbx);
    set_single_step(session, 0);
    if (!remove) {
        write_code(session, BREAKPOINT);
    }
    resume(session);
    return stepped.rax ^ sum;
}

// Suspends the debuggee in the midst of its loop, and looks at it.
static void suspend(const struct session* session, zx_handle_t task, uint64_t sum) {
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(task, &token));
    MUST(zx_object_wait_one(session->thread, ZX_THREAD_SUSPENDED, SOON, NULL));
    CHECK_EQ(ZX_THREAD_STATE_SUSPENDED, thread_info(session->thread).state);
    zx_thread_state_general_regs_t registers = read_registers(session->thread);
    CHECK(registers.rip - (uintptr_t)debuggee < 512);
    struct work seen;
    read_memory(session, (uintptr_t)&work, &seen, sizeof(seen));
    CHECK_EQ(sum, seen.sum);
    CHECK_EQ(work.words[5], seen.words[5]);
    CHECK_EQ(0, seen.go_on);
    // It does not run.
    CHECK_EQ(seen.spins, work.spins);
    zx_thread_state_general_regs_t again = read_registers(session->thread);
    CHECK_EQ(0, memcmp(&registers, &again, sizeof(registers)));
    MUST(zx_handle_close(token));
    MUST(zx_object_wait_one(session->thread, ZX_THREAD_RUNNING, SOON, NULL));
    // Now it does.
    zx_time_t limit = SOON;
    while (work.spins == seen.spins && CHECK(zx_clock_get_monotonic() < limit)) {
        zx_nanosleep(0);
    }
}

int main(void) {
    struct session session = attach();
    insert_breakpoint(&session);
    resume(&session);
    uint64_t sum = 1;
    for (int i = 0; i <= REMOVED_AT; i++) {
        CHECK_EQ(mixed(sum, work.words[i]), take_breakpoint(&session, sum, work.words[i], i == REMOVED_AT));
        sum = mixed(sum, work.words[i]);
    }
    // It goes on alone.
    MUST(zx_object_wait_one(session.event, ZX_USER_SIGNAL_0, SOON, NULL));
    sum = mixed(sum, work.words[5]);
    suspend(&session, session.thread, sum);
    suspend(&session, session.process, sum);
    CHECK_EQ(1, process_info(session.process).debugger_attached);

    // P-15: closing the port detaches.
    expect_no_packet(session.port);
    MUST(zx_handle_close(session.port));
    CHECK_EQ(0, process_info(session.process).debugger_attached);
    uint64_t go_on = 1;
    write_memory(&session, (uintptr_t)&work.go_on, &go_on, sizeof(go_on));
    wait_until_terminated(session.process);
    for (int i = 0; i < WORDS; i++) {
        sum = mixed(sum, work.words[i]);
    }
    CHECK_EQ(sum, process_info(session.process).return_code);
    CHECK_EQ(sum, work.sum);
    expect_no_packet(session.job_port);
    // there is nothing to read any more.
    uint8_t byte = 0;
    size_t actual = 0;
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_read_memory(session.process, (uintptr_t)mix, &byte, 1, &actual));
    const zx_handle_t handles[] = {session.job, session.process, session.thread, session.event, session.job_port};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
    return CHECK_RESULT();
}
