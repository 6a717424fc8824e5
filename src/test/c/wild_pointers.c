// Every pointer argument of every syscall, with pointers that cannot be used and with some that only look so: each call
// says what the specification says for it (C-2: ZX_ERR_INVALID_ARGS, but for a few), and the process lives on.
#define _DEFAULT_SOURCE  // For mmap().

#include "wild_pointer_calls.h"

#include <sys/mman.h>

// Linux maps below the stack, and the JVM asks for places lower than this.
#define FAR_FROM_EVERYTHING ((uintptr_t)0x200000000000)

static unsigned char* map(size_t pages, int protection) {
    void* mapping = mmap(NULL, pages * ZX_PAGE_SIZE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        perror("mmap");
        zx_process_exit(1);
    }
    return mapping;
}

static void check_call(const struct argument* argument, const char* kind, void* pointer, zx_status_t expected) {
    zx_status_t status = argument->call(pointer);
    if (!CHECK_STATUS(expected, status)) {
        fprintf(stderr, "    zx_%s: %s pointer %p\n", argument->name, kind, pointer);
    }
}

// Calls with a pointer that the kernel can read from, to the content of an in-argument.
static void check_readable(const struct argument* argument, const char* kind, unsigned char* pointer) {
    if (argument->fill != NULL) {
        argument->fill();
        memcpy(pointer, content, argument->size);
    }
    check_call(argument, kind, pointer, ZX_OK);
}

static void check_unusable(const struct argument* argument, const char* kind, void* pointer, zx_status_t expected) {
    if (argument->fill != NULL) {
        argument->fill();
    }
    check_call(argument, kind, pointer, expected);
}

static void check_read_only(const struct argument* argument) {
    unsigned char* page = map(1, PROT_READ | PROT_WRITE);
    if (argument->fill != NULL) {
        argument->fill();
        memcpy(page, content, argument->size);
    }
    mprotect(page, ZX_PAGE_SIZE, PROT_READ);
    check_call(argument, "read-only", page, argument->fill != NULL ? ZX_OK : argument->unusable);
    munmap(page, ZX_PAGE_SIZE);
}

static void check_argument(const struct argument* argument) {
    unsigned char* page = map(2, PROT_READ | PROT_WRITE);
    unsigned char* end = page + ZX_PAGE_SIZE;
    mprotect(end, ZX_PAGE_SIZE, PROT_NONE);
    // Not a page that was unmapped a moment ago: another thread of the host may have got it since.
    unsigned char* unmapped = (unsigned char*)FAR_FROM_EVERYTHING;

    check_unusable(argument, "NULL", NULL, argument->null);
    check_unusable(argument, "almost NULL", (void*)0x10, argument->unusable);
    check_unusable(argument, "unmapped", unmapped, argument->unusable);
    check_unusable(argument, "inaccessible", end, argument->unusable);
    check_unusable(argument, "non-canonical", (void*)0x8000000000000000, argument->unusable);
    check_unusable(argument, "kernel's", (void*)0xffff800000000000, argument->unusable);
    check_unusable(argument, "wrapping", (void*)-1, argument->unusable);
    check_unusable(argument, "cut off", end - argument->size + 1, argument->unusable);
    check_read_only(argument);
    // These are as good as any other.
    check_readable(argument, "last", end - argument->size);
    check_readable(argument, "misaligned", page + 1);
    munmap(page, 2 * ZX_PAGE_SIZE);
}

static void fault(uintptr_t arg1, uintptr_t arg2) {
    (void)arg1;
    (void)arg2;
    __asm__ volatile("ud2" : : : "memory");
    zx_thread_exit();
}

int main(void) {
    event = new_event();
    MUST(zx_object_signal(event, 0, ZX_EVENT_SIGNALED));
    port = new_port();
    MUST(zx_job_create(zx_job_default(), 0, &job));
    MUST(zx_job_create(job, 0, &child_job));
    process = new_process(job, "wild");
    MUST(zx_channel_create(0, &channel[0], &channel[1]));
    faulted = new_thread(zx_process_self(), "faulted");
    zx_handle_t answering = new_port();
    MUST(zx_task_bind_exception_port(faulted, answering, 0, 0));
    MUST(zx_thread_start(faulted, (zx_vaddr_t)fault, new_stack(), 0, 0));
    MUST(zx_handle_close(next_exception(answering, 0, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self())));

    for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
        check_argument(&arguments[i]);
    }

    step_over_ud2(faulted);
    MUST(zx_task_resume_from_exception(faulted, answering, 0));
    wait_until_terminated(faulted);
    const zx_handle_t handles[] = {event,   port,       job,        child_job, process,
                                   faulted, channel[0], channel[1], answering};
    MUST(zx_handle_close_many(handles, sizeof(handles) / sizeof(handles[0])));
    return CHECK_RESULT();
}
