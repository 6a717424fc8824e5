// Constructors of the object run before main(), as guest code that may make syscalls, and its statics are fresh in each
// run of the program. Returns how often main() has run with these statics: 1.
#include "guest.h"

static int order;
static int first_constructor;
static int second_constructor;
static zx_koid_t constructors_process;
static int runs;

__attribute__((constructor(201))) static void construct_first(void) {
    first_constructor = ++order;
    constructors_process = koid_of(zx_process_self());
}

__attribute__((constructor(202))) static void construct_second(void) {
    second_constructor = ++order;
}

int main(void) {
    CHECK_EQ(1, first_constructor);
    CHECK_EQ(2, second_constructor);
    CHECK_EQ(koid_of(zx_process_self()), constructors_process);
    runs++;
    return CHECK_RESULT() == 0 ? runs : -1;
}
