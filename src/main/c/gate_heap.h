// The heap of a program, in addresses of its own: what a killed guest leaves behind goes with the program, and what a
// faulty one writes beyond its blocks is none of the host's.
#ifndef GATE_HEAP_H_
#define GATE_HEAP_H_

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GATE_HEAP_CLASSES 128

struct gate_heap_block;

struct gate_heap {
    pthread_mutex_t lock;
    // The addresses: of all of them those below `used` have been blocks, and those below `committed` are memory.
    uintptr_t begin, used, committed, end;
    // By their sizes.
    struct gate_heap_block* free[GATE_HEAP_CLASSES];
    // The program has written where nothing was its own.
    bool corrupted;
};

// False: there are no addresses.
bool gate_heap_create(struct gate_heap* heap);
// Nobody uses it any more.
void gate_heap_destroy(struct gate_heap* heap);

// A block of `size` bytes, all zero if `cleared`; `alignment` is a power of two. NULL: no memory, or the heap is
// corrupted.
void* gate_heap_allocate(struct gate_heap* heap, size_t alignment, size_t size, bool cleared);

// Whether the address lies in the heap, so that nobody else may free it.
bool gate_heap_holds(const struct gate_heap* heap, const void* address);

// How many bytes the block has, which may be more than were asked for. Zero: there is no such block in use.
size_t gate_heap_size(struct gate_heap* heap, const void* block);

// False: there is no such block in use.
bool gate_heap_free(struct gate_heap* heap, void* block);

#endif // GATE_HEAP_H_
