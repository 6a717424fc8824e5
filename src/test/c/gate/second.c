// A second gate in one process: it can be told from the first, and takes nothing from it.
#include "harness.h"

#include <dlfcn.h>

static zx_status_t answer(uint64_t caller, zx_handle_t handle) {
    (void)caller, (void)handle;
    return 7;
}

static void* load_copy(void) {
    char path[512], command[1200];
    snprintf(path, sizeof path, "%s/another-libzircon.so", getenv("GATE_PROGRAMS"));
    snprintf(command, sizeof command, "cp '%s' '%s'", zx_host_gate_path(), path);
    CHECK(system(command) == 0);
    void* copy = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CHECK(copy != NULL);
    const char* (*path_of_copy)(void) = (const char* (*)(void))dlsym(copy, "zx_host_gate_path");
    CHECK(strcmp(path_of_copy(), path) == 0);
    return copy;
}

TEST(aGateThatIsOnlyLoadedTakesNoSignal) {
    struct sigaction action;
    load_copy();
    const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE};
    for (size_t i = 0; i < 5; i++) {
        CHECK(sigaction(signals[i], NULL, &action) == 0);
        CHECK(action.sa_handler == SIG_DFL);
    }
}

TEST(aSecondGateHasNoKernelAndLeavesTheFirstOneItsOwn) {
    install_kernel();
    kernel.handle_close = answer;
    void* copy = load_copy();
    zx_status_t (*close)(zx_handle_t) = (zx_status_t (*)(zx_handle_t))dlsym(copy, "zx_handle_close");
    CHECK_EQUAL(close(1), ZX_ERR_BAD_SYSCALL);
    CHECK_EQUAL(zx_handle_close(1), 7);
}
