// Faults on purpose, as guests written in Java raise them: on a thread that is no native guest.
#include "harness.h"

#define KILLED (-502)

static int faults;
static uint64_t vector;
static zx_thread_state_general_regs_t seen_regs;
static void (*repair)(zx_thread_state_general_regs_t* regs);

static void note_and_repair(zx_host_thread_t* thread) {
    faults++;
    vector = thread->vector;
    seen_regs = *thread->regs;
    if (repair == NULL) {
        thread->leave = 1;
    } else {
        repair(thread->regs);
    }
}

static uint64_t memory = 0x1122334455667788;
static void write_rdi(zx_thread_state_general_regs_t* regs) { regs->rdi = (uintptr_t)&memory; }
static void skip_2(zx_thread_state_general_regs_t* regs) { regs->rip += 2; }
static void skip_3(zx_thread_state_general_regs_t* regs) { regs->rip += 3; }
static void go_on(zx_thread_state_general_regs_t* regs) { (void)regs; }
static void write_rcx(zx_thread_state_general_regs_t* regs) { regs->rcx = 10; }
static void clear_ac(zx_thread_state_general_regs_t* regs) { regs->rflags &= ~(uint64_t)0x40000; }

static void start(void) {
    install_kernel();
    on_exception = note_and_repair;
}

static uint64_t fault(uint32_t kind, uint64_t address, uint64_t value, uint64_t expected_vector,
                      void (*how)(zx_thread_state_general_regs_t*)) {
    uint64_t result = 0xdead;
    faults = 0;
    repair = how;
    CHECK_EQUAL(zx_host_fault(kind, address, value, &result), ZX_OK);
    CHECK_EQUAL(faults, 1);
    CHECK_EQUAL(vector, expected_vector);
    return result;
}

TEST(eachFaultOnPurposeCanBeRepaired) {
    start();
    CHECK_EQUAL(fault(ZX_HOST_FAULT_READ, 0x18, 0, 14, write_rdi), memory);
    CHECK_EQUAL(zx_host_thread_self()->cr2, 0x18);
    CHECK_EQUAL(seen_regs.rdi, 0x18);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_WRITE, 0x28, 0x77, 14, write_rdi), 0x77);
    CHECK_EQUAL(memory, 0x77);
    CHECK_EQUAL(seen_regs.rsi, 0x77);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_WRITE, 0x8000000000000000, 0x78, 13, skip_3), 0x78);
    CHECK_EQUAL(memory, 0x77);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_UNDEFINED, 0, 0x99, 6, skip_2), 0x99);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_BREAKPOINT, 0, 0x9a, 3, go_on), 0x9a);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_DIVIDE, 0, 1000, 0, write_rcx), 100);
    CHECK_EQUAL(seen_regs.rax, 1000);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_DIVIDE, 0, 1000, 0, skip_3), 1000);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_ALIGNMENT, 0, 0x5566, 17, clear_ac), 0x5566);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_ALIGNMENT, 0, 0x5566, 17, skip_3), 0x5566);
    CHECK_EQUAL(fault(ZX_HOST_FAULT_ALIGNMENT, 0, 0x5566, 17, write_rdi), 0x77);
    uint64_t flags;
    __asm__ volatile("pushfq; popq %0" : "=r"(flags));
    CHECK_EQUAL(flags & 0x40000, 0);
}

TEST(anAddressThatIsThereIsNoFault) {
    start();
    uint64_t result = 0;
    CHECK_EQUAL(zx_host_fault(ZX_HOST_FAULT_READ, (uintptr_t)&memory, 0, &result), ZX_OK);
    CHECK_EQUAL(result, memory);
    CHECK_EQUAL(zx_host_fault(ZX_HOST_FAULT_WRITE, (uintptr_t)&memory, 5, &result), ZX_OK);
    CHECK_EQUAL(memory, 5);
    CHECK_EQUAL(faults, 0);
}

TEST(aGuestThatIsKilledInAFaultOnPurposeIsToldSo) {
    start();
    for (uint32_t kind = 0; kind <= ZX_HOST_FAULT_ALIGNMENT; kind++) {
        uint64_t result = 0xdead;
        CHECK_EQUAL(zx_host_fault(kind, 0, 0, &result), KILLED);
        CHECK_EQUAL(result, 0xdead);
        CHECK_EQUAL(zx_host_thread_self()->leave, 1);
        uint64_t flags;
        __asm__ volatile("pushfq; popq %0" : "=r"(flags));
        CHECK_EQUAL(flags & 0x40000, 0);
    }
    CHECK_EQUAL(faults, 6);
}

TEST(aFaultOnPurposeNeedsAKindAndAKernel) {
    uint64_t result;
    CHECK_EQUAL(zx_host_fault(ZX_HOST_FAULT_READ, 0, 0, &result), ZX_ERR_BAD_SYSCALL);
    start();
    CHECK_EQUAL(zx_host_fault(6, 0, 0, &result), ZX_ERR_INVALID_ARGS);
    CHECK_EQUAL(faults, 0);
}

static uint64_t call_result;
static void call_kernel(zx_thread_state_general_regs_t* regs) {
    // The kernel answers an exception with calls of its own, on the same thread.
    CHECK_EQUAL(zx_host_copy_in(&call_result, 0x10, 8), ZX_ERR_INVALID_ARGS);
    call_result = (uint64_t)zx_handle_close(1);
    regs->rip += 2;
}

static zx_status_t close_any(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    return 55;
}

TEST(theKernelMayCallItselfDuringAnException) {
    start();
    kernel.handle_close = close_any;
    CHECK_EQUAL(fault(ZX_HOST_FAULT_UNDEFINED, 0, 3, 6, call_kernel), 3);
    CHECK_EQUAL(call_result, 55);
}

static void jump_far(zx_thread_state_general_regs_t* regs) {
    regs->rip = 0x8000000000000000;
    repair = NULL;
}

TEST(garbageInTheProgramCounterOfAFaultOnPurposeIsAnotherFault) {
    start();
    uint64_t result;
    repair = jump_far;
    CHECK_EQUAL(zx_host_fault(ZX_HOST_FAULT_UNDEFINED, 0, 0, &result), KILLED);
    CHECK_EQUAL(faults, 2);
    CHECK_EQUAL(seen_regs.rip, 0x8000000000000000);
}

static void* fault_often(void* number) {
    on_exception = note_and_repair;
    uint64_t result, value = (uintptr_t)number;
    for (int i = 0; i < 200; i++) {
        CHECK_EQUAL(zx_host_fault(ZX_HOST_FAULT_UNDEFINED, 0, value, &result), ZX_OK);
        CHECK_EQUAL(result, value);
    }
    return NULL;
}

static void run_thread(uintptr_t number) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, fault_often, (void*)number) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
}

TEST(faultsOnPurposeLeaveNothing) {
    start();
    repair = skip_2;
    run_thread(0);
    struct holdings before = holdings();
    for (uintptr_t i = 0; i < 50; i++) {
        run_thread(i);
    }
    CHECK_SAME_HOLDINGS(before);
}
