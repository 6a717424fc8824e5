// std::thread of GNU's C++ library, whose own functions would make threads of the host. Their types are those of C++'s
// binary interface.
#include "gate_libc.h"
#include "gate_redirect.h"

// What the thread is to run: an object with virtual functions.
struct state {
    const struct {
        void (*destroy)(struct state*);
        void (*destroy_and_free)(struct state*);
        void (*run)(struct state*);
    } * functions;
};

struct thread {
    pthread_t name;
};

static void* run(void* argument) {
    struct state* state = argument;
    state->functions->run(state);
    state->functions->destroy_and_free(state);
    return NULL;
}

// Errors are exceptions in C++, which are not to be thrown from here: the program ends as if nobody caught them.
static void require(int error) {
    if (error != 0) {
        gate_libc_abort();
    }
}

static void start(struct thread* thread, struct state** owner, void (*unused)(void)) {
    (void)unused;
    struct state* state = *owner;
    *owner = NULL;
    require(gate_libc_create(GATE_LIBC_SELF(), &thread->name, NULL, run, state));
}

static void join(struct thread* thread) {
    require(gate_libc_join(GATE_LIBC_SELF(), thread->name, NULL));
    thread->name = 0;
}

static void detach(struct thread* thread) {
    require(gate_libc_detach(GATE_LIBC_SELF(), thread->name));
    thread->name = 0;
}

const struct gate_redirection gate_libc_cplusplus[] = {
    // std::thread::_M_start_thread(std::unique_ptr<std::thread::_State>, void (*)())
    GATE_REDIRECT(
        "_ZNSt6thread15_M_start_threadESt10unique_ptrINS_6_StateESt14default_deleteIS1_EEPFvvE",
        start),
    GATE_REDIRECT("_ZNSt6thread4joinEv", join),
    GATE_REDIRECT("_ZNSt6thread6detachEv", detach),
    {NULL, NULL},
};
