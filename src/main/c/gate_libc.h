// libc as a guest program finds it: what the functions that take the place of the host's keep about programs, their
// processes and threads.
//
// They run as guest code, on the guest's stack, and reach the kernel by the syscalls that everybody has. A syscall may be
// a thread's last: none is made while the lock is held, and all memory belongs to the program, which frees it when it is
// unloaded.
#ifndef GATE_LIBC_H_
#define GATE_LIBC_H_

#include "gate.h"
#include "gate_heap.h"

#include <time.h>

// A function that exit() or the end of a thread calls.
struct gate_libc_call {
    struct gate_libc_call* next;
    enum { GATE_CALL_PLAIN, GATE_CALL_WITH_STATUS } kind;
    union {
        void (*plain)(void* argument);
        void (*with_status)(int status, void* argument);
    } function;
    void* argument;
};

// What libc would keep for a process. All processes of a program share its memory, but not what they do at their ends.
struct gate_libc_process {
    struct gate_libc_process* next;
    // zx_process_self().
    zx_handle_t self;
    struct gate_libc_call* at_exit;
    struct gate_libc_call* at_quick_exit;
    // The thread that called exit() first.
    struct gate_libc_thread* exiting;
    // Threads that pthread_create() or main() began and that did not come to their end.
    _Atomic(size_t) threads;
};

struct gate_libc_value {
    uint32_t generation;
    void* value;
};

// A thread that has used libc. The address of its record is its pthread_t.
struct gate_libc_thread {
    struct gate_libc_thread* next;
    struct gate_libc_program* program;
    struct gate_libc_process* process;
    // Began by main() or pthread_create(), and not by a syscall of the program's own.
    bool counted;
    // What others wait on. Only for threads of pthread_create(), while they can be joined.
    zx_handle_t handle;
    // What others look for, of a thread that the program began otherwise and that has asked for its own name.
    zx_koid_t koid;
    bool detached;
    bool finished;
    struct gate_libc_thread* joiner;
    void* (*start)(void* argument);
    int (*start_c11)(void* argument);
    void* argument;
    void* result;
    // Destructors of variables of C++ that each thread has.
    struct gate_libc_call* destructors;
    // What pthread_cleanup_push() pushed.
    struct gate_libc_cleanup* cleanups;
    struct gate_libc_value* values;
    size_t value_count;
};

#define GATE_LIBC_KEYS 1024

// The values of a key have its generation, which is odd while the key exists.
struct gate_libc_key {
    _Atomic(uint32_t) generation;
    void (*destructor)(void* value);
};

struct gate_libc_program {
    struct gate_libc_program* next;
    // What messages call it.
    const char* name;
    // Where it lies.
    uintptr_t begin, end;
    // What malloc() gives it.
    struct gate_heap heap;
    // It may start processes of its own.
    bool starts_processes;
    // The process of its main().
    struct gate_libc_process first;
    struct gate_libc_process* others;
    struct gate_libc_thread* threads;
    struct gate_libc_key keys[GATE_LIBC_KEYS];
    // Calls its destructors: those that are left, when one of them calls exit().
    void (*finish)(void* context);
    void* context;
};

// A program that was just loaded. NULL: no memory.
struct gate_libc_program* gate_libc_add_program(const char* path, uintptr_t begin, uintptr_t end);
void gate_libc_remove_program(struct gate_libc_program* program);

// Guest code: the calling thread is the program's first; before and after everything else.
bool gate_libc_begin(struct gate_libc_program* program);
// The calling thread runs no guest any more.
void gate_libc_leave(void);

// The calling thread's record. One that is not known yet is made for the program that holds `address`, which is where the
// call came from. NULL: there is no such program, or no memory.
struct gate_libc_thread* gate_libc_self(const void* address);
// The same, or NULL for a thread that is not known yet.
struct gate_libc_thread* gate_libc_known_self(void);
#define GATE_LIBC_SELF() gate_libc_self(__builtin_return_address(0))

// The program of the calling thread, if `address` lies in it or the thread has asked before; otherwise NULL. Makes no
// syscall.
struct gate_libc_program* gate_libc_program_of(const void* address);
// The program to whose heap an address belongs, or NULL.
struct gate_libc_program* gate_libc_owner(const void* address);

// Guards the lists; the kernel does not interrupt a guest that holds it.
void gate_libc_lock(sigset_t* mask);
void gate_libc_unlock(const sigset_t* mask);

// Records of threads that pthread_create() is to start.
struct gate_libc_thread* gate_libc_new_thread(struct gate_libc_thread* creator);
// With the lock held.
bool gate_libc_has_thread(struct gate_libc_program* program, struct gate_libc_thread* thread);
void gate_libc_unlink_thread(struct gate_libc_thread* thread);
void gate_libc_free_thread(struct gate_libc_thread* thread);
// Without the lock: forgets a thread, and closes the handle that is kept for it.
void gate_libc_remove_thread(struct gate_libc_thread* thread);
// Begins to be the given thread.
void gate_libc_enter(struct gate_libc_thread* thread);

// Puts a call in front of a list. False: no memory.
bool gate_libc_push(struct gate_libc_call** list, const struct gate_libc_call* call);
// Makes the calls of a list, first to last, until there are none.
void gate_libc_run(struct gate_libc_call** list, int status);
void gate_libc_free_calls(struct gate_libc_call** list);

// pthread_create() and what follows it, as the given thread; errors are POSIX's.
int gate_libc_create(struct gate_libc_thread* self, pthread_t* name,
                     const pthread_attr_t* attributes, void* (*function)(void*), void* argument);
int gate_libc_join(struct gate_libc_thread* self, pthread_t name, void** result);
int gate_libc_detach(struct gate_libc_thread* self, pthread_t name);

// The ends.
_Noreturn void gate_libc_exit(struct gate_libc_thread* self, int status);
_Noreturn void gate_libc_end_thread(struct gate_libc_thread* self, void* result);
_Noreturn void gate_libc_abort(void);
// Says so first, as libc does of what it finds wrong.
_Noreturn void gate_libc_complain(const char* what);
// Calls the destructors of the values of a thread that ends.
void gate_libc_destroy_values(struct gate_libc_thread* self);
// The kernel's time for a time of the host. False: there is no such time, or no such clock to sleep by.
bool gate_libc_deadline(clockid_t clock, const struct timespec* time, zx_time_t* deadline);
// Writes what stdio holds, but for what another thread has locked, and may have for good.
void gate_libc_flush(void);
// Takes over the signal of abort(), the first time.
void gate_libc_take_abort(void);

#endif // GATE_LIBC_H_
