// The guests of `zx demo`: native code in processes of their own. One faults and, when a handler repairs the cause,
// goes on as if nothing had happened; the other faults with nobody there.

#include <stdint.h>
#include <stdlib.h>
#include <zircon/process.h>
#include <zircon/syscalls.h>
#include <zircon/syscalls/object.h>

// What lies where the handler sends the load instead.
const uint64_t demo_spare_number = 21;

// The load takes its address from rax, so that a handler can repair it there.
static uint64_t load(uint64_t address) {
    uint64_t value;
    __asm__ volatile("movq (%%rax), %0" : "=r"(value) : "a"(address) : "memory");
    return value;
}

// Reads an address from `channel`, multiplies the number that lies there by `factor`, and sends back the product.
static zx_status_t multiply(zx_handle_t channel, uint64_t factor) {
    uint64_t address;
    zx_status_t status =
        zx_object_wait_one(channel, ZX_CHANNEL_READABLE, ZX_TIME_INFINITE, NULL);
    if (status == ZX_OK) {
        status = zx_channel_read(channel, 0, &address, NULL, sizeof(address), 0, NULL, NULL);
    }
    if (status != ZX_OK) {
        return status;
    }
    uint64_t product = factor * load(address);
    return zx_channel_write(channel, 0, &product, sizeof(product), NULL, 0);
}

// The first thread of the demo's first process.
void demo_multiply(zx_handle_t channel, uintptr_t factor) {
    zx_process_exit(multiply(channel, factor) == ZX_OK ? 7 : 8);
}

// The first thread of its second process.
void demo_crash(zx_handle_t unused, uintptr_t address) {
    (void)unused;
    load(address);
    zx_process_exit(0);
}

// As a program of its own, for `zx run`: the second process again.
int main(int argc, char** argv) {
    demo_crash(ZX_HANDLE_INVALID, argc > 1 ? strtoul(argv[1], NULL, 0) : 0xdead0000);
    return 0;
}
