#include "gate_redirect.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct gate_redirection* const tables[] = {
    gate_libc_exits,     gate_libc_aborts, gate_libc_threads, gate_libc_joins,
    gate_libc_cplusplus, gate_libc_keys,   gate_libc_sleeps,  gate_libc_memory,
};

static uintptr_t target_of(const char* name) {
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (const struct gate_redirection* entry = tables[i]; entry->name != NULL; entry++) {
            if (strcmp(entry->name, name) == 0) {
                return (uintptr_t)entry->function;
            }
        }
    }
    return 0;
}

struct walk {
    const struct gate_elf* elf;
    uintptr_t base;
    bool failed;
};

static void redirect(void* context, const struct gate_elf_import* import) {
    struct walk* walk = context;
    // A program's own symbols are its own, as in any executable. The loader has looked for them in the host first.
    uintptr_t target =
        import->own != 0 ? walk->base + import->own : target_of(import->name);
    if (target == 0) {
        return;
    }
    target += (uintptr_t)import->addend;
    uintptr_t place = walk->base + import->place;
    if (memcmp((void*)place, &target, sizeof target) == 0) {
        return;
    }
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    void* first = (void*)(place / page * page);
    size_t size = place + sizeof target - (uintptr_t)first;
    // The loader protects what it has relocated. Each program is a file of its own: nobody else sees the change.
    int protection = gate_elf_protection(walk->elf, import->place);
    bool open = (protection & PROT_WRITE) != 0;
    if (!open && mprotect(first, size, protection | PROT_WRITE) != 0) {
        walk->failed = true;
        return;
    }
    memcpy((void*)place, &target, sizeof target);
    if (!open && mprotect(first, size, protection) != 0) {
        walk->failed = true;
    }
}

bool gate_redirect(const struct gate_elf* elf, uintptr_t base) {
    struct walk walk = {elf, base, false};
    gate_elf_each_import(elf, redirect, &walk);
    return !walk.failed;
}

struct search {
    const char* name;
    bool found;
};

static void compare(void* context, const struct gate_elf_import* import) {
    struct search* search = context;
    bool same = import->own == 0 && strcmp(import->name, search->name) == 0;
    search->found = search->found || same;
}

bool gate_imports(const struct gate_elf* elf, const char* name) {
    struct search search = {name, false};
    gate_elf_each_import(elf, compare, &search);
    return search.found;
}
