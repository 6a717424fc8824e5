// Copies between the kernel's memory and a caller's, with addresses of every kind.
#include "harness.h"

#define SIZES 70
static char kernel_memory[4096];

static void fill(char* bytes, size_t size, int seed) {
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (char)(seed + (int)i * 7);
    }
}

static void check_unreachable(zx_host_user_t user, size_t size) {
    CHECK_EQUAL(zx_host_copy_in(kernel_memory, user, size), ZX_ERR_INVALID_ARGS);
    CHECK_EQUAL(zx_host_copy_out(user, kernel_memory, size), ZX_ERR_INVALID_ARGS);
}

TEST(copiesOfEverySizeAndAlignment) {
    zx_host_install(NULL);
    char user[128];
    for (size_t size = 0; size < SIZES; size++) {
        for (size_t offset = 0; offset < 9; offset++) {
            fill(user, sizeof user, 3);
            memset(kernel_memory, 0x55, sizeof user);
            CHECK_EQUAL(zx_host_copy_in(kernel_memory, (uintptr_t)(user + offset), size), ZX_OK);
            CHECK(memcmp(kernel_memory, user + offset, size) == 0);
            CHECK(kernel_memory[size] == 0x55);

            fill(kernel_memory, size, 91);
            memset(user, 0x55, sizeof user);
            CHECK_EQUAL(zx_host_copy_out((uintptr_t)(user + offset), kernel_memory, size), ZX_OK);
            CHECK(memcmp(kernel_memory, user + offset, size) == 0);
            CHECK(user[offset + size] == 0x55);
            CHECK(offset == 0 || user[offset - 1] == 0x55);
        }
    }
}

TEST(noByteCanBeCopiedFromOrToAnywhere) {
    zx_host_install(NULL);
    CHECK_EQUAL(zx_host_copy_in(kernel_memory, 0, 0), ZX_OK);
    CHECK_EQUAL(zx_host_copy_out(0, kernel_memory, 0), ZX_OK);
}

TEST(addressesThatCannotBeReachedAreInvalidArgs) {
    zx_host_install(NULL);
    const zx_host_user_t wild[] = {
        0, 1, 0xfff, (uintptr_t)guarded_page(), 0x7ffffffff000, 0x800000000000, 0x8000000000000000,
        0xffff800000000000, 0xfffffffffffff000, 0xffffffffffffffff,
    };
    const size_t sizes[] = {1, 2, 4, 5, 8, 16, 64, 4096};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            check_unreachable(wild[i], sizes[j]);
        }
    }
    // A size that goes round the end of the address space.
    check_unreachable((uintptr_t)guarded_page(), SIZE_MAX);
}

TEST(aCopyAcrossTheEndOfAMappingIsInvalidArgs) {
    zx_host_install(NULL);
    char* end = guarded_page();
    for (size_t size = 1; size < SIZES; size++) {
        fill(end - size, size, 5);
        CHECK_EQUAL(zx_host_copy_in(kernel_memory, (uintptr_t)(end - size), size), ZX_OK);
        CHECK(memcmp(kernel_memory, end - size, size) == 0);
        CHECK_EQUAL(zx_host_copy_out((uintptr_t)(end - size), kernel_memory, size), ZX_OK);
        for (size_t beyond = 1; beyond <= size; beyond++) {
            check_unreachable((uintptr_t)(end - size + beyond), size);
        }
    }
}

TEST(readOnlyMemoryCanBeReadAndNotWritten) {
    zx_host_install(NULL);
    char* page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    for (size_t size = 1; size < SIZES; size++) {
        CHECK_EQUAL(zx_host_copy_in(kernel_memory, (uintptr_t)page, size), ZX_OK);
        CHECK_EQUAL(zx_host_copy_out((uintptr_t)page, kernel_memory, size), ZX_ERR_INVALID_ARGS);
    }
}

TEST(memoryBeyondTheEndOfItsFileIsInvalidArgs) {
    zx_host_install(NULL);
    FILE* file = tmpfile();
    CHECK(file != NULL);
    char* page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    CHECK(page != MAP_FAILED);
    check_unreachable((uintptr_t)page, 8);
}

static zx_status_t wait(uint64_t caller, zx_handle_t handle, zx_time_t deadline,
                        zx_host_user_t packet) {
    (void)caller, (void)handle, (void)deadline;
    const zx_port_packet_t sent = {.key = 5};
    return zx_host_copy_out(packet, &sent, sizeof sent);
}

static void wait_with_wild_pointers(uint64_t unused) {
    (void)unused;
    zx_port_packet_t packet;
    CHECK_EQUAL(zx_port_wait(1, 0, &packet), ZX_OK);
    CHECK_EQUAL(packet.key, 5);
    CHECK_EQUAL(zx_port_wait(1, 0, NULL), ZX_ERR_INVALID_ARGS);
    CHECK_EQUAL(zx_port_wait(1, 0, (zx_port_packet_t*)0x8000000000000000), ZX_ERR_INVALID_ARGS);
    CHECK_EQUAL(zx_port_wait(1, 0, (zx_port_packet_t*)guarded_page()), ZX_ERR_INVALID_ARGS);
}

TEST(wildPointersOfASyscallAreAStatusForHostAndGuest) {
    install_kernel();
    kernel.port_wait = wait;
    wait_with_wild_pointers(0);
    run_guest(wait_with_wild_pointers, 0);
}
