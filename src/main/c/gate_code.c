// Whose code lies where: the ranges of the loaded programs. Signal handlers look into them, so there are no locks on the
// way, and a range that was made stays: only its bounds change.
#include "gate.h"

#include <link.h>
#include <stdlib.h>

struct range {
    // Zero while the range is free.
    _Atomic(uintptr_t) end;
    _Atomic(uintptr_t) begin;
    struct range* next;
};

static _Atomic(struct range*) ranges;
static pthread_mutex_t change_lock = PTHREAD_MUTEX_INITIALIZER;

static struct range* range_of(uintptr_t address) {
    for (struct range* range = atomic_load(&ranges); range != NULL; range = range->next) {
        uintptr_t end = atomic_load(&range->end);
        uintptr_t begin = atomic_load(&range->begin);
        // Nobody has taken the range for another program meanwhile.
        if (address >= begin && address < end && atomic_load(&range->end) == end) {
            return range;
        }
    }
    return NULL;
}

bool gate_is_program(uintptr_t address) { return range_of(address) != NULL; }

struct search {
    uintptr_t address;
    uintptr_t begin, end;
};

// The code of an object: from its first executable segment to its last.
static int find_code(struct dl_phdr_info* info, size_t size, void* argument) {
    (void)size;
    struct search* search = argument;
    uintptr_t begin = UINTPTR_MAX, end = 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr)* header = &info->dlpi_phdr[i];
        if (header->p_type == PT_LOAD && (header->p_flags & PF_X) != 0) {
            uintptr_t low = info->dlpi_addr + header->p_vaddr;
            uintptr_t high = low + header->p_memsz;
            begin = low < begin ? low : begin;
            end = high > end ? high : end;
        }
    }
    if (search->address < begin || search->address >= end) {
        return 0;
    }
    search->begin = begin;
    search->end = end;
    return 1;
}

// One that is free, or a new one; NULL when memory is short.
static struct range* take_range(void) {
    struct range* range = atomic_load(&ranges);
    while (range != NULL && atomic_load(&range->end) != 0) {
        range = range->next;
    }
    if (range == NULL) {
        range = calloc(1, sizeof *range);
        if (range != NULL) {
            range->next = atomic_load(&ranges);
            atomic_store(&ranges, range);
        }
    }
    return range;
}

bool gate_know_program(uintptr_t address) {
    struct search search = {.address = address};
    if (dl_iterate_phdr(find_code, &search) == 0) {
        return false;
    }
    pthread_mutex_lock(&change_lock);
    struct range* range = take_range();
    if (range != NULL) {
        atomic_store(&range->begin, search.begin);
        atomic_store(&range->end, search.end);
    }
    pthread_mutex_unlock(&change_lock);
    return range != NULL;
}

void gate_forget_program(uintptr_t address) {
    pthread_mutex_lock(&change_lock);
    struct range* range = range_of(address);
    if (range != NULL) {
        atomic_store(&range->end, 0);
    }
    pthread_mutex_unlock(&change_lock);
}
