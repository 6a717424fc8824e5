// exit() and its relatives: what a program does at its end, and what it has asked to be done then.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <stdio.h>
#include <stdlib.h>

void gate_libc_flush(void) {
    FILE* const files[] = {stdin, stdout, stderr};
    bool all = true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (ftrylockfile(files[i]) != 0) {
            all = false;
            continue;
        }
        if (files[i] != stdin) {
            fflush_unlocked(files[i]);
        }
        funlockfile(files[i]);
    }
    // Waits for every lock: not while somebody reads from the keyboard.
    if (all) {
        fflush(NULL);
    }
}

// One thread ends the process; if others call exit() as well, they wait for that.
static bool is_first_to_exit(struct gate_libc_thread* self) {
    sigset_t mask;
    gate_libc_lock(&mask);
    if (self->process->exiting == NULL) {
        self->process->exiting = self;
    }
    bool first = self->process->exiting == self;
    gate_libc_unlock(&mask);
    return first;
}

_Noreturn static void end_process(int status) {
    zx_process_exit(status);
    __builtin_unreachable(); // no guest comes back from there
}

_Noreturn void gate_libc_exit(struct gate_libc_thread* self, int status) {
    if (self != NULL) {
        while (!is_first_to_exit(self)) {
            zx_nanosleep(ZX_TIME_INFINITE);
        }
        struct gate_libc_program* program = self->program;
        gate_libc_run(&self->destructors, 0);
        gate_libc_run(&self->process->at_exit, status);
        if (self->process == &program->first && program->finish != NULL) {
            program->finish(program->context);
            gate_libc_run(&self->process->at_exit, status);
        }
    }
    gate_libc_flush();
    end_process(status);
}

_Noreturn static void exit_(int status) { gate_libc_exit(GATE_LIBC_SELF(), status); }

_Noreturn static void quick_exit_(int status) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    if (self != NULL) {
        gate_libc_run(&self->process->at_quick_exit, status);
    }
    end_process(status);
}

static int push(struct gate_libc_call** list, const struct gate_libc_call* call) {
    return list != NULL && gate_libc_push(list, call) ? 0 : -1;
}

// `object` is an address in the program.
static int cxa_atexit(void (*function)(void*), void* argument, void* object) {
    struct gate_libc_thread* self = gate_libc_self(object);
    const struct gate_libc_call call = {
        .kind = GATE_CALL_PLAIN, .function.plain = function, .argument = argument};
    return push(self != NULL ? &self->process->at_exit : NULL, &call);
}

static int cxa_at_quick_exit(void (*function)(void*), void* object) {
    struct gate_libc_thread* self = gate_libc_self(object);
    const struct gate_libc_call call = {.kind = GATE_CALL_PLAIN, .function.plain = function};
    return push(self != NULL ? &self->process->at_quick_exit : NULL, &call);
}

static int cxa_thread_atexit(void (*function)(void*), void* argument, void* object) {
    struct gate_libc_thread* self = gate_libc_self(object);
    const struct gate_libc_call call = {
        .kind = GATE_CALL_PLAIN, .function.plain = function, .argument = argument};
    return push(self != NULL ? &self->destructors : NULL, &call);
}

static int on_exit_(void (*function)(int, void*), void* argument) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    const struct gate_libc_call call = {
        .kind = GATE_CALL_WITH_STATUS, .function.with_status = function, .argument = argument};
    return push(self != NULL ? &self->process->at_exit : NULL, &call);
}

// What the compiler lets the program call as its last destructor. The calls of exit() were made before.
static void cxa_finalize(void* object) {
    struct gate_libc_thread* self = gate_libc_self(object);
    if (self != NULL) {
        gate_libc_run(&self->process->at_exit, 0);
    }
}

// A guest that forks is a second host process without a kernel. The handlers would outlive the program.
static int register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void),
                           void* object) {
    (void)prepare, (void)parent, (void)child, (void)object;
    return 0;
}

const struct gate_redirection gate_libc_exits[] = {
    GATE_REDIRECT("exit", exit_),
    GATE_REDIRECT("_exit", end_process),
    GATE_REDIRECT("_Exit", end_process),
    GATE_REDIRECT("quick_exit", quick_exit_),
    GATE_REDIRECT("on_exit", on_exit_),
    GATE_REDIRECT("__cxa_atexit", cxa_atexit),
    GATE_REDIRECT("__cxa_at_quick_exit", cxa_at_quick_exit),
    GATE_REDIRECT("__cxa_thread_atexit", cxa_thread_atexit),
    GATE_REDIRECT("__cxa_thread_atexit_impl", cxa_thread_atexit),
    GATE_REDIRECT("__cxa_finalize", cxa_finalize),
    GATE_REDIRECT("__register_atfork", register_atfork),
    {NULL, NULL},
};
