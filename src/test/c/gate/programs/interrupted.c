// Guest code that gets interrupted: see interrupts.c, which finds these functions by their names.
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zircon/syscalls.h>

_Atomic(uint64_t) progress;
uint64_t result;
int error_number;
// Set from outside: the guest may end.
_Atomic(_Bool) enough;

// Goes around until somebody writes to r12, and then tells what is in r13. Its first and last instruction have names.
__asm__(
    "    .globl spin, spin_begin, spin_end\n"
    "    .type spin, @function\n"
    "spin:\n"
    "    pushq %rbx; pushq %r12; pushq %r13\n"
    "    xorl %r12d, %r12d\n"
    "    movq $0x1313, %r13\n"
    "    movq $0xb1b1, %rbx\n"
    "    movq progress@GOTPCREL(%rip), %rax\n"
    "    pcmpeqd %xmm7, %xmm7\n"
    "spin_begin:\n"
    "    incq (%rax)\n"
    "    testq %r12, %r12\n"
    "    jz spin_begin\n"
    "spin_end:\n"
    "    movq result@GOTPCREL(%rip), %rax\n"
    "    movq %r13, (%rax)\n"
    "    popq %r13; popq %r12; popq %rbx\n"
    "    ret\n");

void spin_for_ever(uint64_t unused) {
    (void)unused;
    for (;;) {
        progress++;
    }
}

// Every call is answered with its handle, which is part of a sum that no register may lose.
void call(uint64_t times) {
    uint64_t sum = 0;
    for (uint64_t i = 0; i < times && !enough; i++) {
        sum += (uint64_t)zx_handle_close((zx_handle_t)i);
        progress++;
    }
    result = sum;
}

void call_for_ever(uint64_t unused) {
    (void)unused;
    for (;;) {
        zx_handle_close(1);
        progress++;
    }
}

void fault(uint64_t unused) {
    (void)unused;
    uint64_t sum = 0;
    while (!enough) {
        uint64_t answer;
        __asm__ volatile("ud2" : "=a"(answer) : "a"(progress));
        sum += answer;
        progress++;
    }
    result = sum;
}

// Takes libc's locks, most of the time.
void use_libc(uint64_t unused) {
    (void)unused;
    FILE* out = tmpfile();
    char* kept[64] = {NULL};
    for (uint64_t i = 0; !enough; i++) {
        char text[64];
        snprintf(text, sizeof text, "%06lu %.3f", i % 1000000, (double)(i % 10));
        free(kept[i % 64]);
        kept[i % 64] = strdup(text);
        fprintf(out, "%s\n", kept[i % 64]);
        progress++;
    }
    for (int i = 0; i < 64; i++) {
        free(kept[i]);
    }
    result = (uint64_t)ftell(out);
    fclose(out);
}

void read_one(uint64_t file) {
    char byte = 0;
    progress++;
    errno = 0;
    result = (uint64_t)read((int)file, &byte, 1) << 8 | (uint8_t)byte;
    error_number = errno;
}

void poll_one(uint64_t file) {
    struct pollfd wanted = {.fd = (int)file, .events = POLLIN};
    progress++;
    errno = 0;
    result = (uint64_t)poll(&wanted, 1, -1);
    error_number = errno;
}

void sleep_for(uint64_t nanoseconds) {
    struct timespec time = {0, (long)nanoseconds};
    progress++;
    errno = 0;
    // The host's: what a program calls by its name is the gate's.
    int (*host_nanosleep)(const struct timespec*, struct timespec*) =
        (int (*)(const struct timespec*, struct timespec*))dlsym(RTLD_DEFAULT, "nanosleep");
    result = (uint64_t)host_nanosleep(&time, &time);
    error_number = errno;
}

void read_at(uint64_t address) { (void)*(volatile char*)address; }

void measure_at(uint64_t address) { result = strlen((const char*)address); }

// A syscall without a stack.
void call_off_stack(uint64_t rsp) {
    __asm__ volatile("movq %0, %%rsp; jmp zx_handle_close@PLT" : : "r"(rsp) : "memory");
}

int main(void) { return 0; }
