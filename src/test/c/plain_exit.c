// Ends in one of the ways that libc has: the first argument says how, the second is the return code.
#include "guest.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

static int code;
static pthread_t first_thread;

static void exit_again(void) { exit(code); }

static void never(void) {
    fprintf(stderr, "a function ran that only exit() calls\n");
    zx_process_exit(99);
}

static void end_at_once(void) { zx_process_exit(code); }

static void* call_exit(void* unused) {
    exit(code);
    return unused;
}

static void* sleep_for_ever(void* unused) {
    for (;;) {
        sleep(1000);
    }
    return unused;
}

static void* wait_for_ever(void* event) {
    zx_object_wait_one(*(zx_handle_t*)event, ZX_EVENT_SIGNALED, ZX_TIME_INFINITE, NULL);
    return NULL;
}

static void exit_of_another_thread(void) {
    zx_handle_t event = new_event();
    pthread_t thread;
    CHECK_EQ(0, pthread_create(&thread, NULL, sleep_for_ever, NULL));
    CHECK_EQ(0, pthread_create(&thread, NULL, wait_for_ever, &event));
    CHECK_EQ(0, pthread_create(&thread, NULL, call_exit, NULL));
    wait_for_ever(&event);
}

static void exit_of_a_thread_without_libc(uintptr_t unused1, uintptr_t unused2) {
    (void)unused1, (void)unused2;
    exit(code);
}

static void* outlive_main(void* unused) {
    CHECK_EQ(0, pthread_join(first_thread, NULL));
    return unused;
}

static void end_of_main_before_others(void) {
    pthread_t thread;
    first_thread = pthread_self();
    atexit(end_at_once); // the last thread's end is exit(0)
    CHECK_EQ(0, pthread_create(&thread, NULL, outlive_main, NULL));
    pthread_exit(NULL);
}

// A second process shares the statics, but not what main() has registered for its own end.
static void exit_of_a_second_process(uintptr_t event, uintptr_t unused) {
    (void)unused;
    CHECK_OK(zx_object_signal((zx_handle_t)event, 0, ZX_EVENT_SIGNALED));
    exit(77);
}

static void exit_of_a_child(void) {
    zx_handle_t event = new_event();
    zx_handle_t process = new_process(zx_job_default(), "child");
    atexit(end_at_once);
    start_process(process, new_thread(process, "child"), exit_of_a_second_process,
                  duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    wait_until_terminated(process);
    CHECK_EQ(77, process_info(process).return_code);
    MUST(zx_object_wait_one(event, ZX_EVENT_SIGNALED, SOON, NULL));
    exit(98);
}

int main(int argc, char** argv) {
    const char* way = argc == 3 ? argv[1] : "";
    code = argc == 3 ? atoi(argv[2]) : 0;
    if (strcmp(way, "exit") == 0) {
        exit(code);
    } else if (strcmp(way, "_exit") == 0) {
        atexit(never);
        _exit(code);
    } else if (strcmp(way, "_Exit") == 0) {
        atexit(never);
        _Exit(code);
    } else if (strcmp(way, "quick_exit") == 0) {
        atexit(never);
        at_quick_exit(end_at_once);
        quick_exit(97);
    } else if (strcmp(way, "again") == 0) {
        atexit(exit_again);
        exit(96);
    } else if (strcmp(way, "thread") == 0) {
        exit_of_another_thread();
    } else if (strcmp(way, "raw-thread") == 0) {
        start_thread("raw", exit_of_a_thread_without_libc, 0, 0);
        sleep_for_ever(NULL);
    } else if (strcmp(way, "all") == 0) {
        pthread_t thread;
        for (int i = 0; i < 8; i++) {
            CHECK_EQ(0, pthread_create(&thread, NULL, call_exit, NULL));
        }
        exit(code);
    } else if (strcmp(way, "last-thread") == 0) {
        end_of_main_before_others();
    } else if (strcmp(way, "child") == 0) {
        exit_of_a_child();
    }
    return 95;
}
