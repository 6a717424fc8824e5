// The guest of `zx demo`: native code in a process of its own, which faults and, when its handler repairs the cause,
// goes on as if nothing had happened.

#include <stdint.h>
#include <stdlib.h>
#include <zircon/process.h>
#include <zircon/syscalls.h>

// What lies where the handler sends the load instead.
const uint64_t demo_spare_value = 21;

// The load takes its address from rax, so that a handler can repair it there.
static uint64_t load(uintptr_t address) {
    uint64_t value;
    __asm__ volatile("movq (%%rax), %0" : "=r"(value) : "a"(address) : "memory");
    return value;
}

// The first thread of the demo's first process: doubles the number at `address`, sends the result through `channel`, and
// ends its process with code 7.
void demo_double(zx_handle_t channel, uintptr_t address) {
    uint64_t result = 2 * load(address);
    zx_status_t status = zx_channel_write(channel, 0, &result, sizeof(result), NULL, 0);
    zx_process_exit(status == ZX_OK ? 7 : 8);
}

// The first thread of its second process: nobody repairs this one.
void demo_crash(zx_handle_t unused, uintptr_t address) {
    (void)unused;
    load(address);
    zx_process_exit(0);
}

// As a program of its own (zx run): the same fault, with nobody there.
int main(int argc, char** argv) {
    demo_crash(ZX_HANDLE_INVALID, argc > 1 ? strtoul(argv[1], NULL, 0) : 0xdead0000);
    return 0;
}
