// What the gate's part of libc keeps about programs, processes and threads.
#include "gate_libc.h"

#include <stdlib.h>
#include <string.h>

static pthread_mutex_t bookkeeping = PTHREAD_MUTEX_INITIALIZER;
static struct gate_libc_program* programs;
static __thread struct gate_libc_thread* current __attribute__((tls_model("initial-exec")));
// Of the calling thread, once that was asked.
static __thread struct gate_libc_program* own __attribute__((tls_model("initial-exec")));

void gate_libc_lock(sigset_t* before) {
    sigset_t interruptions;
    sigemptyset(&interruptions);
    sigaddset(&interruptions, GATE_INTERRUPT_SIGNAL);
    pthread_sigmask(SIG_BLOCK, &interruptions, before);
    pthread_mutex_lock(&bookkeeping);
}

void gate_libc_unlock(const sigset_t* before) {
    pthread_mutex_unlock(&bookkeeping);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

struct gate_libc_program* gate_libc_add_program(const char* path, uintptr_t begin, uintptr_t end) {
    const char* slash = strrchr(path, '/');
    const char* name = slash != NULL ? slash + 1 : path;
    size_t size = strlen(name) + 1;
    struct gate_libc_program* program = calloc(1, sizeof *program + size);
    if (program == NULL || !gate_heap_create(&program->heap)) {
        free(program);
        return NULL;
    }
    program->name = memcpy(program + 1, name, size);
    program->begin = begin;
    program->end = end;
    sigset_t mask;
    gate_libc_lock(&mask);
    program->next = programs;
    programs = program;
    gate_libc_unlock(&mask);
    return program;
}

static void free_process(struct gate_libc_process* process) {
    gate_libc_free_calls(&process->at_exit);
    gate_libc_free_calls(&process->at_quick_exit);
}

void gate_libc_remove_program(struct gate_libc_program* program) {
    sigset_t mask;
    gate_libc_lock(&mask);
    struct gate_libc_program** link = &programs;
    while (*link != program) {
        link = &(*link)->next;
    }
    *link = program->next;
    gate_libc_unlock(&mask);
    while (program->threads != NULL) {
        struct gate_libc_thread* thread = program->threads;
        program->threads = thread->next;
        gate_libc_free_thread(thread);
    }
    while (program->others != NULL) {
        struct gate_libc_process* process = program->others;
        program->others = process->next;
        free_process(process);
        free(process);
    }
    free_process(&program->first);
    gate_heap_destroy(&program->heap);
    free(program);
}

static struct gate_libc_thread* make_thread(struct gate_libc_program* program,
                                            struct gate_libc_process* process) {
    struct gate_libc_thread* thread = calloc(1, sizeof *thread);
    if (thread == NULL) {
        return NULL;
    }
    thread->program = program;
    thread->process = process;
    thread->result = PTHREAD_CANCELED; // of one that is killed
    sigset_t mask;
    gate_libc_lock(&mask);
    thread->next = program->threads;
    program->threads = thread;
    gate_libc_unlock(&mask);
    return thread;
}

bool gate_libc_begin(struct gate_libc_program* program) {
    struct gate_libc_thread* thread = make_thread(program, &program->first);
    if (thread == NULL) {
        return false;
    }
    thread->counted = true;
    atomic_store(&program->first.threads, 1);
    current = thread;
    if (program->starts_processes) {
        program->first.self = zx_process_self();
    }
    return true;
}

void gate_libc_leave(void) {
    current = NULL;
    own = NULL;
}

void gate_libc_enter(struct gate_libc_thread* thread) { current = thread; }

static bool is_in_program(const struct gate_libc_program* program, const void* address) {
    return (uintptr_t)address >= program->begin && (uintptr_t)address < program->end;
}

static bool is_in_heap(const struct gate_libc_program* program, const void* address) {
    return gate_heap_holds(&program->heap, address);
}

typedef bool is_at(const struct gate_libc_program* program, const void* address);

static struct gate_libc_program* program_at(is_at* is, const void* address) {
    sigset_t mask;
    gate_libc_lock(&mask);
    struct gate_libc_program* program = programs;
    while (program != NULL && !is(program, address)) {
        program = program->next;
    }
    gate_libc_unlock(&mask);
    return program;
}

struct gate_libc_program* gate_libc_program_of(const void* address) {
    if (own == NULL) {
        own = current != NULL ? current->program : program_at(is_in_program, address);
    }
    return own;
}

struct gate_libc_program* gate_libc_owner(const void* address) {
    bool is_own = own != NULL && is_in_heap(own, address);
    return is_own ? own : program_at(is_in_heap, address);
}

// The record of the calling thread's process, which is another than the first one's if it has another handle: handles of
// different processes have different values.
static struct gate_libc_process* process_of_caller(struct gate_libc_program* program) {
    zx_handle_t self = zx_process_self();
    if (!program->starts_processes || self == program->first.self) {
        return &program->first;
    }
    struct gate_libc_process* made = calloc(1, sizeof *made);
    sigset_t mask;
    gate_libc_lock(&mask);
    struct gate_libc_process* process = program->others;
    while (process != NULL && process->self != self) {
        process = process->next;
    }
    if (process == NULL && made != NULL) {
        made->self = self;
        made->next = program->others;
        process = program->others = made;
        made = NULL;
    }
    gate_libc_unlock(&mask);
    free(made);
    return process;
}

struct gate_libc_thread* gate_libc_known_self(void) { return current; }

struct gate_libc_thread* gate_libc_self(const void* address) {
    if (current == NULL) {
        struct gate_libc_program* program = gate_libc_program_of(address);
        struct gate_libc_process* process = program != NULL ? process_of_caller(program) : NULL;
        current = process != NULL ? make_thread(program, process) : NULL;
    }
    return current;
}

struct gate_libc_thread* gate_libc_new_thread(struct gate_libc_thread* creator) {
    return make_thread(creator->program, creator->process);
}

bool gate_libc_has_thread(struct gate_libc_program* program, struct gate_libc_thread* thread) {
    struct gate_libc_thread* found = program->threads;
    while (found != NULL && found != thread) {
        found = found->next;
    }
    return found != NULL;
}

void gate_libc_unlink_thread(struct gate_libc_thread* thread) {
    struct gate_libc_thread** link = &thread->program->threads;
    while (*link != thread) {
        link = &(*link)->next;
    }
    *link = thread->next;
}

void gate_libc_free_thread(struct gate_libc_thread* thread) {
    gate_libc_free_calls(&thread->destructors);
    free(thread->values);
    free(thread);
}

void gate_libc_remove_thread(struct gate_libc_thread* thread) {
    zx_handle_t handle = thread->handle;
    sigset_t mask;
    gate_libc_lock(&mask);
    gate_libc_unlink_thread(thread);
    gate_libc_unlock(&mask);
    gate_libc_free_thread(thread);
    zx_handle_close(handle);
}

bool gate_libc_push(struct gate_libc_call** list, const struct gate_libc_call* call) {
    struct gate_libc_call* pushed = malloc(sizeof *pushed);
    if (pushed == NULL) {
        return false;
    }
    *pushed = *call;
    sigset_t mask;
    gate_libc_lock(&mask);
    pushed->next = *list;
    *list = pushed;
    gate_libc_unlock(&mask);
    return true;
}

void gate_libc_run(struct gate_libc_call** list, int status) {
    for (;;) {
        sigset_t mask;
        gate_libc_lock(&mask);
        struct gate_libc_call* first = *list;
        *list = first != NULL ? first->next : NULL;
        gate_libc_unlock(&mask);
        if (first == NULL) {
            return;
        }
        // The call may not return.
        struct gate_libc_call call = *first;
        free(first);
        if (call.kind == GATE_CALL_WITH_STATUS) {
            call.function.with_status(status, call.argument);
        } else {
            call.function.plain(call.argument);
        }
    }
}

void gate_libc_free_calls(struct gate_libc_call** list) {
    while (*list != NULL) {
        struct gate_libc_call* first = *list;
        *list = first->next;
        free(first);
    }
}
