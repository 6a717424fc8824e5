// The memory of processes, read and written from outside.
#define _GNU_SOURCE
#include "guest.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static const char constant[] = "what cannot be written";

static void wait_for_ever(uintptr_t event, uintptr_t unused) {
    (void)unused;
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_EVENT_SIGNALED, ZX_TIME_INFINITE, NULL));
    zx_thread_exit();
}

// Fresh pages with nothing mapped right behind them.
static unsigned char* new_pages(size_t count, int protection) {
    size_t size = count * ZX_PAGE_SIZE;
    unsigned char* pages = mmap(NULL, size + ZX_PAGE_SIZE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) {
        zx_process_exit(2);
    }
    munmap(pages + size, ZX_PAGE_SIZE);
    return pages;
}

static void order_of_checks(zx_handle_t process) {
    char buffer[8];
    size_t actual = 77;
    zx_vaddr_t address = (zx_vaddr_t)constant;
    // The buffer and the size come before the handle.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_read_memory(ZX_HANDLE_INVALID, address, NULL, 8, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_read_memory(ZX_HANDLE_INVALID, address, buffer, 0, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS,
                 zx_process_read_memory(ZX_HANDLE_INVALID, address, buffer, (64u << 20) + 1, &actual));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE,
                 zx_process_read_memory(ZX_HANDLE_INVALID, address, buffer, 64u << 20, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_write_memory(ZX_HANDLE_INVALID, address, NULL, 8, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_write_memory(ZX_HANDLE_INVALID, address, buffer, 0, &actual));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_process_write_memory(ZX_HANDLE_INVALID, address, buffer, 8, &actual));

    // Reading wants both rights, writing only one.
    zx_handle_t reader = duplicate(process, ZX_RIGHT_READ | ZX_RIGHT_DUPLICATE);
    zx_handle_t writer = duplicate(process, ZX_RIGHT_WRITE);
    zx_handle_t event = new_event();
    zx_handle_t port = new_port();
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_read_memory(reader, address, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_read_memory(writer, address, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_write_memory(reader, address, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_process_read_memory(event, address, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_process_read_memory(port, address, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_process_write_memory(port, address, buffer, 8, &actual));

    // nothing is mapped there.
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_read_memory(process, 0, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_read_memory(process, 0xffffffffff600000, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_write_memory(writer, 0x8000000000000000, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_read_memory(process, 0, (void*)8, 8, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_read_memory(process, address, (void*)8, 8, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_write_memory(process, (zx_vaddr_t)buffer, (void*)8, 8, &actual));
    CHECK_EQ(77, actual);
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_read_memory(process, address, buffer, 8, NULL));
    const zx_handle_t handles[] = {reader, writer, event, port};
    CHECK_OK(zx_handle_close_many(handles, 4));
}

static void contents(zx_handle_t process) {
    char buffer[sizeof(constant)] = "";
    size_t actual = 0;
    CHECK_OK(zx_process_read_memory(process, (zx_vaddr_t)constant, buffer, sizeof(buffer), &actual));
    CHECK_EQ(sizeof(buffer), actual);
    CHECK_EQ(0, memcmp(constant, buffer, sizeof(buffer)));

    // The stack, the heap, and what a program has set.
    char on_stack[16] = "stack";
    char* on_heap = calloc(1, 16);
    static char in_data[16] = "data";
    char* const places[] = {on_stack, on_heap, in_data};
    for (int i = 0; i < 3; i++) {
        CHECK_OK(zx_process_write_memory(process, (zx_vaddr_t)places[i], "written", 8, &actual));
        CHECK_EQ(8, actual);
        CHECK_EQ(0, strcmp("written", places[i]));
    }
    free(on_heap);

    // Reading the pages that must not be touched is no fault, whatever protects them.
    unsigned char* guarded = new_pages(1, PROT_NONE);
    CHECK_OK(zx_process_read_memory(process, (zx_vaddr_t)guarded, buffer, 8, &actual));
    // nor does protection hinder a write.
    unsigned char* read_only = new_pages(1, PROT_READ);
    CHECK_OK(zx_process_write_memory(process, (zx_vaddr_t)read_only, "written", 8, &actual));
    CHECK_EQ(0, strcmp("written", (char*)read_only));
    munmap(guarded, ZX_PAGE_SIZE);
    munmap(read_only, ZX_PAGE_SIZE);
}

static void one_mapping_at_most(zx_handle_t process) {
    // cut at the end of the mapping, and only there: 3 MiB are more than the kernel moves at once.
    enum { PAGES = 768 };
    unsigned char* pages = new_pages(PAGES, PROT_READ | PROT_WRITE);
    unsigned char* end = pages + PAGES * ZX_PAGE_SIZE;
    unsigned char* copy = malloc(PAGES * ZX_PAGE_SIZE);
    memset(copy, 0, PAGES * ZX_PAGE_SIZE);
    for (size_t i = 0; i < PAGES * ZX_PAGE_SIZE; i++) {
        pages[i] = (unsigned char)(i * 7 + i / 4096);
    }
    // Another protection makes another mapping of what lies before, so that nothing is joined with ours.
    mprotect(pages, ZX_PAGE_SIZE, PROT_READ);
    unsigned char* start = pages + ZX_PAGE_SIZE;
    size_t actual = 0;
    CHECK_OK(zx_process_read_memory(process, (zx_vaddr_t)start + 5, copy, PAGES * ZX_PAGE_SIZE, &actual));
    CHECK_EQ(end - start - 5, actual);
    CHECK_EQ(0, memcmp(start + 5, copy, actual));
    CHECK_OK(zx_process_read_memory(process, (zx_vaddr_t)start - 3, copy, 16, &actual));
    CHECK_EQ(3, actual);
    CHECK_OK(zx_process_read_memory(process, (zx_vaddr_t)end - 1, copy, 2, &actual));
    CHECK_EQ(1, actual);
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_read_memory(process, (zx_vaddr_t)end, copy, 1, &actual));

    memset(copy, 0x5a, PAGES * ZX_PAGE_SIZE);
    CHECK_OK(zx_process_write_memory(process, (zx_vaddr_t)start + 1, copy, PAGES * ZX_PAGE_SIZE, &actual));
    CHECK_EQ(end - start - 1, actual);
    CHECK_EQ(0, memcmp(copy, start + 1, actual));
    CHECK_EQ((unsigned char)(4096 * 7 + 1), start[0]);
    // `actual` is stored last: what was to be done is done.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_write_memory(process, (zx_vaddr_t)start, "\1", 1, NULL));
    CHECK_EQ(1, start[0]);
    munmap(pages, PAGES * ZX_PAGE_SIZE);
    free(copy);
}

static void past_the_end_of_a_file(zx_handle_t process) {
    char name[] = "/tmp/zx-memory-XXXXXX";
    int file = mkstemp(name);
    unlink(name);
    CHECK(file >= 0 && ftruncate(file, 10) == 0);
    char* pages = mmap(NULL, 2 * ZX_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    CHECK(pages != MAP_FAILED);
    char buffer[16] = "";
    size_t actual = 0;
    CHECK_OK(zx_process_read_memory(process, (zx_vaddr_t)pages, buffer, 10, &actual));
    CHECK_EQ(10, actual);
    // no page of the file stands behind the second one. An unusable buffer is told first.
    zx_vaddr_t behind = (zx_vaddr_t)pages + ZX_PAGE_SIZE;
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_process_read_memory(process, behind, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_process_read_memory(process, behind - 1, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_process_write_memory(process, behind, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_read_memory(process, behind, (void*)8, 8, &actual));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_write_memory(process, behind, (void*)8, 8, &actual));
    munmap(pages, 2 * ZX_PAGE_SIZE);
    close(file);
}

// What a breakpoint is set in.
static __attribute__((noinline)) int probed(int value) {
    __asm__ volatile("" : "+r"(value));
    return value + 1;
}

static void probe(uintptr_t value, uintptr_t result) {
    *(int*)result = probed((int)value);
    zx_thread_exit();
}

static void breakpoint(void) {
    int (*volatile function)(int) = probed;
    zx_vaddr_t address = (zx_vaddr_t)function;
    zx_handle_t self = zx_process_self();
    unsigned char saved = 0;
    size_t actual = 0;
    MUST(zx_process_read_memory(self, address, &saved, 1, &actual));
    CHECK_EQ(*(unsigned char*)address, saved);
    MUST(zx_process_write_memory(self, address, "\xcc", 1, &actual));
    CHECK_EQ(0xcc, *(unsigned char*)address);

    zx_handle_t port = new_port();
    zx_handle_t thread = new_thread(self, "probed");
    MUST(zx_task_bind_exception_port(thread, port, 9, 0));
    int result = 0;
    MUST(zx_thread_start(thread, (zx_vaddr_t)probe, new_stack(), 41, (uintptr_t)&result));
    zx_handle_t stopped = next_exception(port, 9, ZX_EXCP_SW_BREAKPOINT, self);
    zx_thread_state_general_regs_t registers = read_registers(stopped);
    // past the instruction.
    CHECK_EQ(address + 1, registers.rip);
    MUST(zx_process_write_memory(self, address, &saved, 1, &actual));
    registers.rip = address;
    write_registers(stopped, &registers);
    MUST(zx_task_resume_from_exception(stopped, port, 0));
    join_thread(thread);
    CHECK_EQ(42, result);
    CHECK_OK(zx_handle_close(stopped));
    CHECK_OK(zx_handle_close(port));
}

static void states(zx_handle_t process) {
    char buffer[8];
    size_t actual = 0;
    zx_vaddr_t address = (zx_vaddr_t)constant;
    // Only the dead have no memory.
    CHECK_OK(zx_process_read_memory(process, address, buffer, 8, &actual));
    zx_handle_t thread = new_thread(process, "states");
    zx_handle_t event = new_event();
    start_process(process, thread, wait_for_ever, duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    MUST(zx_object_wait_one(event, ZX_USER_SIGNAL_0, SOON, NULL));
    CHECK_OK(zx_process_read_memory(process, address, buffer, 8, &actual));
    CHECK_OK(zx_task_kill(process));
    wait_until_terminated(process);
    //
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_read_memory(process, address, buffer, 8, &actual));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_write_memory(process, (zx_vaddr_t)buffer, buffer, 8, &actual));
    const zx_handle_t handles[] = {thread, event};
    CHECK_OK(zx_handle_close_many(handles, 2));
}

int main(void) {
    zx_handle_t process = new_process(zx_job_default(), "memory");
    order_of_checks(process);
    contents(process);
    one_mapping_at_most(zx_process_self());
    past_the_end_of_a_file(process);
    breakpoint();
    states(process);
    CHECK_OK(zx_handle_close(process));
    return CHECK_RESULT();
}
