// Which kernel is behind the gate, and where the gate itself is.
#include "gate.h"

#include <dlfcn.h>

// The epoch is odd while a kernel is being put in place, so that a reader never pairs one kernel's table with another
// one's epoch.
static _Atomic(uint64_t) current_epoch;
static _Atomic(const zx_host_table_t*) current_table;
static pthread_mutex_t install_lock = PTHREAD_MUTEX_INITIALIZER;

struct gate_kernel gate_kernel(void) {
    for (;;) {
        uint64_t epoch = atomic_load(&current_epoch);
        const zx_host_table_t* table = atomic_load(&current_table);
        if ((epoch & 1) == 0 && atomic_load(&current_epoch) == epoch) {
            return (struct gate_kernel){table, epoch};
        }
    }
}

void zx_host_install(const zx_host_table_t* table) {
    pthread_mutex_lock(&install_lock);
    gate_take_signals();
    gate_make_global();
    atomic_fetch_add(&current_epoch, 1);
    atomic_store(&current_table, table);
    atomic_fetch_add(&current_epoch, 1);
    gate_thread_forget_ended();
    pthread_mutex_unlock(&install_lock);
}

const char* zx_host_gate_path(void) {
    Dl_info info;
    return dladdr((void*)(uintptr_t)zx_host_gate_path, &info) != 0 ? info.dli_fname : "";
}

static void make_global(void) {
    // The handle is not closed: the gate stays, for its signal handlers do.
    (void)dlopen(zx_host_gate_path(), RTLD_NOW | RTLD_NOLOAD | RTLD_GLOBAL);
}

void gate_make_global(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_global);
}
