// abort(), and what ends in it: the guest executes an undefined instruction, which is an exception like any other.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Who had abort()'s signal before the gate.
static struct sigaction abort_before;

// A handler that lets the thread go on behind the instruction sees it again.
_Noreturn static void die(void) {
    void (*undefined)(uint64_t, uint64_t) =
        (void (*)(uint64_t, uint64_t))gate_arch_snippet(ZX_HOST_FAULT_UNDEFINED);
    for (;;) {
        undefined(0, 0);
    }
}

_Noreturn void gate_libc_abort(void) {
    gate_libc_flush();
    die();
}

_Noreturn static void complain(const void* caller, const char* file, unsigned line,
                               const char* function, const char* what) {
    struct gate_libc_thread* self = gate_libc_self(caller);
    fflush(stdout);
    fprintf(stderr, "%s%s%s:%u: %s%s%s\n", self != NULL ? self->program->name : "",
            self != NULL ? ": " : "", file, line, function != NULL ? function : "",
            function != NULL ? ": " : "", what);
    gate_libc_abort();
}

_Noreturn static void assert_fail(const char* assertion, const char* file, unsigned line,
                                  const char* function) {
    char what[1024];
    snprintf(what, sizeof what, "Assertion `%s' failed.", assertion);
    complain(__builtin_return_address(0), file, line, function, what);
}

_Noreturn static void assert_perror_fail(int error, const char* file, unsigned line,
                                         const char* function) {
    char what[1024];
    snprintf(what, sizeof what, "Unexpected error: %s.", strerror(error));
    complain(__builtin_return_address(0), file, line, function, what);
}

_Noreturn static void assert_(const char* assertion, const char* file, int line) {
    char what[1024];
    snprintf(what, sizeof what, "Assertion `%s' failed.", assertion);
    complain(__builtin_return_address(0), file, (unsigned)line, NULL, what);
}

_Noreturn void gate_libc_complain(const char* what) {
    fprintf(stderr, "%s\n", what);
    gate_libc_abort();
}

_Noreturn static void stack_chk_fail(void) {
    gate_libc_complain("*** stack smashing detected ***: terminated");
}

// Whether libc aborts by itself since it has found something wrong: it has said what, and kept the text for whoever
// looks at a core dump. It holds the allocator's lock then, if that is what is wrong.
static bool libc_complained(void) {
    _Atomic(void*)* kept = dlvsym(RTLD_DEFAULT, "__abort_msg", "GLIBC_PRIVATE");
    return kept == NULL || atomic_exchange(kept, NULL) != NULL;
}

// abort() in a library that a guest has called: libc raises a signal. Without an alternate stack this runs on the
// guest's.
static void on_abort(int signal) {
    if (gate_current != NULL && gate_current->arch.guest != 0) {
        if (libc_complained()) {
            atomic_store(&gate_current->may_hold_lock, true);
            die();
        }
        gate_libc_abort();
    }
    // The host's own, or somebody has sent the signal.
    sigaction(signal, &abort_before, NULL);
    raise(signal);
}

static void take_abort(void) {
    struct sigaction action = {.sa_handler = on_abort};
    sigemptyset(&action.sa_mask);
    sigaction(SIGABRT, NULL, &abort_before);
    sigaction(SIGABRT, &action, NULL);
}

void gate_libc_take_abort(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, take_abort);
}

const struct gate_redirection gate_libc_aborts[] = {
    GATE_REDIRECT("abort", gate_libc_abort),
    GATE_REDIRECT("__assert_fail", assert_fail),
    GATE_REDIRECT("__assert_perror_fail", assert_perror_fail),
    GATE_REDIRECT("__assert", assert_),
    GATE_REDIRECT("__stack_chk_fail", stack_chk_fail),
    {NULL, NULL},
};
