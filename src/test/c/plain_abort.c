// abort() and a failed assertion are an undefined instruction of the thread, again and again, whatever the handler does.
//
// Arguments: fail, to do so for good; in-libc, to let libc find something wrong by itself.
#include "guest.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static void* call_abort(void* unused) {
    abort();
    return unused;
}

static void* fail_an_assertion(void* unused) {
    assert(unused != NULL);
    return unused;
}

static void handle(void* (*function)(void*)) {
    enum { KEY = 6 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    pthread_t aborting;
    CHECK_EQ(0, pthread_create(&aborting, NULL, function, NULL));
    zx_koid_t koid = 0;
    for (int i = 0; i < 3; i++) {
        zx_handle_t thread = next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
        CHECK(koid == 0 || koid == koid_of(thread));
        koid = koid_of(thread);
        CHECK_EQ(ZX_EXCP_UNDEFINED_INSTRUCTION, exception_report(thread).header.type);
        // On behind the instruction, or to the same one.
        if (i < 1) {
            step_over_ud2(thread);
        }
        if (i < 2) {
            MUST(zx_task_resume_from_exception(thread, port, 0));
        } else {
            MUST(zx_task_kill(thread));
        }
        MUST(zx_handle_close(thread));
    }
    void* result = NULL;
    CHECK_EQ(0, pthread_join(aborting, &result));
    CHECK(result == PTHREAD_CANCELED);
    MUST(zx_handle_close(port));
}

// What the compiler calls for memcpy() where it knows the size of the target.
void* __memcpy_chk(void* to, const void* from, size_t size, size_t room);

int main(int argc, char** argv) {
    if (argc > 1 && strcmp(argv[1], "in-libc") == 0) {
        char to[4];
        __memcpy_chk(to, "too long", 9, sizeof(to));
    }
    if (argc > 1) {
        printf("said before");
        fail_an_assertion(NULL);
    }
    handle(call_abort);
    handle(fail_an_assertion);
    return CHECK_RESULT();
}
