#include "harness.h"

#include <dirent.h>

static struct test* tests;

void harness_add(struct test* test) {
    test->next = tests;
    tests = test;
}

zx_host_table_t kernel;
_Thread_local void (*on_exception)(zx_host_thread_t* thread);

static uint64_t attach(zx_host_thread_t* thread) {
    static _Atomic(uint64_t) names;
    CHECK(thread == zx_host_thread_self());
    return ++names;
}

static void exception(uint64_t caller) {
    zx_host_thread_t* thread = zx_host_thread_self();
    CHECK_EQUAL(caller, thread->caller);
    CHECK(on_exception != NULL);
    on_exception(thread);
}

static void end_guest(uint64_t caller) {
    (void)caller;
    zx_host_thread_self()->leave = 1;
}

void install_kernel(void) {
    kernel = (zx_host_table_t){
        .thread_attach = attach,
        .exception = exception,
        .thread_exit = end_guest,
    };
    zx_host_install(&kernel);
}

void run_guest(guest_entry* entry, uint64_t argument) {
    zx_host_thread_enter(GUEST_NAME);
    CHECK_EQUAL(zx_host_run((zx_vaddr_t)entry, argument, ~argument), ZX_OK);
    zx_host_thread_enter(0);
}

static size_t entries_of(const char* folder) {
    DIR* listing = opendir(folder);
    CHECK(listing != NULL);
    size_t count = 0;
    while (readdir(listing) != NULL) {
        count++;
    }
    closedir(listing);
    return count;
}

struct holdings holdings(void) {
    struct holdings held = {0, entries_of("/proc/self/task"), entries_of("/proc/self/fd")};
    FILE* maps = fopen("/proc/self/maps", "r");
    CHECK(maps != NULL);
    for (int c; (c = getc(maps)) != EOF;) {
        held.mappings += c == '\n';
    }
    fclose(maps);
    return held;
}

char* guarded_page(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char* base = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(base != MAP_FAILED);
    CHECK(mprotect(base + page, page, PROT_NONE) == 0);
    return base + page;
}

int main(int argc, char** argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: harness TEST | --list\n");
        return 2;
    }
    for (struct test* test = tests; test != NULL; test = test->next) {
        if (strcmp(argv[1], "--list") == 0) {
            puts(test->name);
        } else if (strcmp(argv[1], test->name) == 0) {
            test->run();
            return 0;
        }
    }
    return strcmp(argv[1], "--list") == 0 ? 0 : 2;
}
