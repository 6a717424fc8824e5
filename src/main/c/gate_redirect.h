// Which functions of libc a program gets from the gate, and how.
#ifndef GATE_REDIRECT_H_
#define GATE_REDIRECT_H_

#include "gate_elf.h"

#include <stdbool.h>
#include <stdint.h>

// A function of libc by its name, and the one that takes its place.
struct gate_redirection {
    const char* name;
    void (*function)(void);
};

// The function has the type that the name has in libc.
#define GATE_REDIRECT(name, function) \
    {name, (void (*)(void))(function)}

// Each ends with a NULL name.
extern const struct gate_redirection gate_libc_exits[];
extern const struct gate_redirection gate_libc_aborts[];
extern const struct gate_redirection gate_libc_threads[];
extern const struct gate_redirection gate_libc_joins[];
extern const struct gate_redirection gate_libc_cplusplus[];
extern const struct gate_redirection gate_libc_keys[];
extern const struct gate_redirection gate_libc_sleeps[];
extern const struct gate_redirection gate_libc_memory[];

// Lets a program, which is loaded at `base`, find the gate's functions and its own symbols. False: the
// memory cannot be changed.
bool gate_redirect(const struct gate_elf* elf, uintptr_t base);

// Whether the program imports the symbol.
bool gate_imports(const struct gate_elf* elf, const char* name);

#endif // GATE_REDIRECT_H_
