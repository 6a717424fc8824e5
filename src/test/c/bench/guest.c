// A guest that faults for ever, and counts how often it went on.
#include <stdint.h>

extern volatile int64_t faults;
void fault_for_ever(uint64_t arg1, uint64_t arg2);

volatile int64_t faults;

// A breakpoint is the fault after which a thread goes on by itself, with its registers as they are.
void fault_for_ever(uint64_t arg1, uint64_t arg2) {
    (void)arg1;
    (void)arg2;
    for (;;) {
        __asm__ volatile("int3" : : : "memory");
        faults++;
    }
}

// What has no main is no program, and is not loaded.
int main(void) {
    return 0;
}
