// What AddressSanitizer is told of the stacks that guests run on. Nothing in a gate that is not built with it.
#ifndef GATE_SANITIZER_H_
#define GATE_SANITIZER_H_

#include <stddef.h>

struct gate_known_stack {
    const void* bottom;
    size_t size;
};

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

// Frames that an earlier guest has left there without returning are forgotten.
static inline void gate_forget_frames(struct gate_known_stack stack) {
    __asan_unpoison_memory_region(stack.bottom, stack.size);
}

// The thread is about to leave its stack for this one; returns the one before. (Both halves of the switch are told here,
// since what lies between them is assembly.)
static inline struct gate_known_stack gate_tell_stack(struct gate_known_stack next) {
    struct gate_known_stack before;
    __sanitizer_start_switch_fiber(NULL, next.bottom, next.size);
    __sanitizer_finish_switch_fiber(NULL, &before.bottom, &before.size);
    return before;
}
#else
static inline void gate_forget_frames(struct gate_known_stack stack) { (void)stack; }

static inline struct gate_known_stack gate_tell_stack(struct gate_known_stack next) { return next; }
#endif

#endif // GATE_SANITIZER_H_
