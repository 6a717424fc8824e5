// Writes to address 8, and nobody handles it: the process ends with return code -1 and never comes to its end.
#include <stdint.h>
#include <stdio.h>

int main(void) {
    uintptr_t address = 8;
    __asm__ volatile("movq %%rbx, (%%rax)" : "+a"(address) : "b"((uint64_t)1) : "memory");
    printf("the write to address 8 went unnoticed\n");
    return 0;
}
