// Thousands of kills and suspensions of threads that run, wherever they are: in the program's own code, in the kernel, in
// libc with a lock held, or blocked there.
//
// Without arguments a few of each; otherwise: what the threads do; then kill or suspend, and how often; or leave, to end
// the process with them; or stay, to do the same for ever.
#define _POSIX_C_SOURCE 200809L
#include "guest.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS = 4 };

static _Atomic(int) running;
static FILE* sink;
static int empty_pipe[2];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static pthread_spinlock_t taken;

static void spin(void) {
    __asm__ volatile("pause");
}

static void sleep_in_kernel(void) {
    zx_nanosleep(ZX_TIME_INFINITE);
}

static void call_kernel(void) {
    zx_clock_get_monotonic();
}

static void allocate(void) {
    void* volatile block = malloc(1 << 14);
    free(block);
}

static void print(void) {
    fprintf(sink, "%d %s %p\n", running, "words", (void*)empty_pipe);
}

static void wait_for_condition(void) {
    pthread_mutex_lock(&mutex);
    pthread_cond_wait(&never, &mutex);
    pthread_mutex_unlock(&mutex);
}

static void read_nothing(void) {
    char byte;
    ssize_t got = read(empty_pipe[0], &byte, sizeof(byte));
    (void)got;
}

static void pause_in_host(void) {
    pause();
}

// Stays in libc, and runs there.
static void spin_in_libc(void) {
    pthread_spin_lock(&taken);
}

struct kind {
    const char* name;
    void (*again)(void);
    int blocked;
};

static const struct kind kinds[] = {
    {"spin", spin, 0},           {"sleep", sleep_in_kernel, 0}, {"syscalls", call_kernel, 0},
    {"malloc", allocate, 0},     {"print", print, 0},           {"condition", wait_for_condition, 1},
    {"read", read_nothing, 1},   {"pause", pause_in_host, 1},   {"libc", spin_in_libc, 1},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

static void run(uintptr_t kind, uintptr_t unused) {
    (void)unused;
    running++;
    for (;;) {
        kinds[kind].again();
    }
}

static void start(zx_handle_t* threads, int kind) {
    running = 0;
    for (int i = 0; i < THREADS; i++) {
        threads[i] = start_thread(kinds[kind].name, run, kind, 0);
    }
    while (running < THREADS) {
        zx_nanosleep(0);
    }
}

static void end(zx_handle_t* threads) {
    for (int i = 0; i < THREADS; i++) {
        CHECK_OK(zx_task_kill(threads[i]));
    }
    for (int i = 0; i < THREADS; i++) {
        join_thread(threads[i]);
    }
}

static void kill_often(int kind, int times) {
    for (int done = 0; done < times; done += THREADS) {
        zx_handle_t threads[THREADS];
        start(threads, kind);
        end(threads);
    }
}

static void suspend_often(int kind, int times) {
    zx_handle_t threads[THREADS];
    start(threads, kind);
    for (int done = 0; done < times; done += THREADS) {
        zx_handle_t tokens[THREADS];
        for (int i = 0; i < THREADS; i++) {
            MUST(zx_task_suspend(threads[i], &tokens[i]));
        }
        for (int i = 0; i < THREADS; i++) {
            MUST(zx_object_wait_one(threads[i], ZX_THREAD_SUSPENDED, SOON, NULL));
            CHECK(read_registers(threads[i]).rip != 0);
            MUST(zx_handle_close(tokens[i]));
        }
        for (int i = 0; i < THREADS; i++) {
            MUST(zx_object_wait_one(threads[i], ZX_THREAD_RUNNING, SOON, NULL));
        }
    }
    end(threads);
}

// What hangs if a lock stayed behind.
static void use_libc(void) {
    for (int i = 0; i < 1000; i++) {
        allocate();
        print();
    }
    CHECK(fflush(sink) == 0);
    CHECK(fflush(stdout) == 0);
}

static void interrupt(int kind, const char* how, int times) {
    zx_handle_t threads[THREADS];
    if (strcmp(how, "kill") == 0) {
        kill_often(kind, times);
    } else if (strcmp(how, "suspend") == 0) {
        suspend_often(kind, times);
    } else {
        start(threads, kind);
        if (strcmp(how, "stay") == 0) {
            run(kind, 0);
        }
    }
}

int main(int argc, char** argv) {
    sink = fopen("/dev/null", "w");
    CHECK(sink != NULL && pipe(empty_pipe) == 0);
    pthread_spin_init(&taken, PTHREAD_PROCESS_PRIVATE);
    pthread_spin_lock(&taken);
    for (int kind = 0; kind < KINDS; kind++) {
        if (argc < 3) {
            if (!kinds[kind].blocked) {
                kill_often(kind, 3 * THREADS);
                suspend_often(kind, 3 * THREADS);
            }
        } else if (strcmp(argv[1], kinds[kind].name) == 0) {
            interrupt(kind, argv[2], argc > 3 ? atoi(argv[3]) : 0);
            if (argc == 3) {
                return CHECK_RESULT();
            }
        }
    }
    use_libc();
    fclose(sink);
    close(empty_pipe[0]);
    close(empty_pipe[1]);
    return CHECK_RESULT();
}
