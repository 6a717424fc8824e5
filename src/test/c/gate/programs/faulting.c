// Registers a destructor with libc and never gets to it.
#include <stdlib.h>
#include <zircon/syscalls.h>

static void at_end(void) {}

int main(void) {
    atexit(at_end);
    zx_handle_close(1);
    __builtin_trap();
}
