// Blocks have a few sizes, four between a power of two and the next. One that is freed waits in a list for the next that
// asks for its size. A large one gives its memory back meanwhile, and keeps its addresses.
//
// The lock is safe: a guest that runs this code cannot be ended in the middle of it, like any other code but its own.
#include "gate_heap.h"

#include <string.h>
#include <sys/mman.h>

#define SMALLEST_REGION ((size_t)1 << 24)
#define LARGEST_REGION ((size_t)1 << 36)
#define COMMITTED_AT_ONCE ((size_t)1 << 20)
#define PAGE ((size_t)4096)
#define LARGE ((size_t)1 << 16)

enum { IN_USE = 0x5ac1d00d, FREE = 0x0ddba110, MOVED = 0x1ead0ff5 };

// In front of what the program gets. One that asks for an alignment gets its bytes further behind, with a second header
// in front of them that is MOVED.
struct gate_heap_block {
    // One of the three, and where the header is.
    uint32_t tag;
    // The class; of a moved header, how far it is behind the first one, in headers.
    uint32_t detail;
    // Where the host's free() looks for a size, should somebody give it our block: it refuses this one.
    uint64_t none;
    // The next in the list, of a block that is free.
    struct gate_heap_block* next[];
};

#define HEADER (sizeof(struct gate_heap_block))
_Static_assert(HEADER == _Alignof(max_align_t), "a block has the alignment of malloc()");

static uint32_t tag_of(const struct gate_heap_block* block, uint32_t kind) {
    return kind ^ (uint32_t)((uintptr_t)block / HEADER);
}

static uintptr_t round_up(uintptr_t value, size_t to) { return (value + to - 1) & ~(to - 1); }

// The class of a size with its header, which is 32 at least.
static uint32_t class_of(size_t size) {
    if (size <= 128) {
        return (uint32_t)((size - 1) / 16);
    }
    uint32_t power = 63 - (uint32_t)__builtin_clzl(size - 1);
    return 8 + (power - 7) * 4 + (uint32_t)(((size - 1) >> (power - 2)) & 3);
}

static size_t size_of_class(uint32_t class) {
    if (class < 8) {
        return ((size_t)class + 1) * 16;
    }
    uint32_t power = 7 + (class - 8) / 4;
    return (size_t)(5 + (class - 8) % 4) << (power - 2);
}

bool gate_heap_create(struct gate_heap* heap) {
    memset(heap, 0, sizeof *heap);
    void* region = MAP_FAILED;
    size_t size = LARGEST_REGION;
    // Addresses may be limited, as by `ulimit -v`.
    while (region == MAP_FAILED && size >= SMALLEST_REGION) {
        region = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        size /= region == MAP_FAILED ? 2 : 1;
    }
    if (region == MAP_FAILED) {
        return false;
    }
    pthread_mutex_init(&heap->lock, NULL);
    heap->begin = heap->used = heap->committed = (uintptr_t)region;
    heap->end = heap->begin + size;
    return true;
}

void gate_heap_destroy(struct gate_heap* heap) {
    munmap((void*)heap->begin, heap->end - heap->begin);
}

static bool is_block(const struct gate_heap* heap, const struct gate_heap_block* block,
                     uint32_t kind) {
    uintptr_t address = (uintptr_t)block;
    return address >= heap->begin && address < heap->used && address % HEADER == 0 &&
           block->tag == tag_of(block, kind);
}

static void* bytes_of(struct gate_heap_block* block) { return block + 1; }

static struct gate_heap_block* header_of(const void* bytes) {
    return (struct gate_heap_block*)(uintptr_t)bytes - 1;
}

// The header of the block whose bytes the program knows. NULL: they are no block in use.
static struct gate_heap_block* block_of(const struct gate_heap* heap, const void* bytes) {
    struct gate_heap_block* block = header_of(bytes);
    if (is_block(heap, block, MOVED)) {
        block -= block->detail;
    }
    return is_block(heap, block, IN_USE) && block->detail < GATE_HEAP_CLASSES ? block : NULL;
}

static struct gate_heap_block* take_free(struct gate_heap* heap, uint32_t class) {
    struct gate_heap_block* block = heap->free[class];
    if (block != NULL && (!is_block(heap, block, FREE) || block->detail != class)) {
        heap->corrupted = true;
        return NULL;
    }
    if (block != NULL) {
        heap->free[class] = block->next[0];
    }
    return block;
}

static struct gate_heap_block* make(struct gate_heap* heap, uint32_t class) {
    size_t size = size_of_class(class);
    uintptr_t begin = size >= LARGE ? round_up(heap->used, PAGE) : heap->used;
    if (begin > heap->end || size > heap->end - begin) {
        return NULL;
    }
    uintptr_t end = begin + size;
    if (end > heap->committed) {
        uintptr_t wanted = round_up(end, COMMITTED_AT_ONCE);
        uintptr_t committed = wanted < heap->end ? wanted : heap->end;
        if (mprotect((void*)heap->committed, committed - heap->committed,
                     PROT_READ | PROT_WRITE) != 0) {
            return NULL;
        }
        heap->committed = committed;
    }
    heap->used = end;
    return (struct gate_heap_block*)begin;
}

void* gate_heap_allocate(struct gate_heap* heap, size_t alignment, size_t size, bool cleared) {
    // Behind the first header: a second one, as far as the alignment wants.
    size_t extra = alignment > HEADER ? alignment : 0;
    if (size > LARGEST_REGION || extra > LARGEST_REGION) {
        return NULL;
    }
    size_t least = 2 * HEADER;
    size_t whole = HEADER + size + extra;
    uint32_t class = class_of(whole > least ? whole : least);
    if (class >= GATE_HEAP_CLASSES) {
        return NULL;
    }
    pthread_mutex_lock(&heap->lock);
    struct gate_heap_block* block = take_free(heap, class);
    if (block == NULL && !heap->corrupted) {
        block = make(heap, class);
    }
    if (block != NULL) {
        *block = (struct gate_heap_block){tag_of(block, IN_USE), class, 0};
    }
    pthread_mutex_unlock(&heap->lock);
    if (block == NULL) {
        return NULL;
    }
    uint8_t* bytes = bytes_of(block);
    if (extra != 0 && (uintptr_t)bytes % alignment != 0) {
        bytes = (uint8_t*)round_up((uintptr_t)bytes, alignment);
        struct gate_heap_block* moved = header_of(bytes);
        *moved = (struct gate_heap_block){tag_of(moved, MOVED), (uint32_t)(moved - block), 0};
    }
    if (cleared) {
        // Of a large block, only the first page may have been written to.
        size_t page = round_up((uintptr_t)block + 1, PAGE) - (uintptr_t)block;
        size_t before = (size_t)(bytes - (uint8_t*)block);
        size_t dirty = size_of_class(class) < LARGE ? size : page > before ? page - before : 0;
        memset(bytes, 0, dirty < size ? dirty : size);
    }
    return bytes;
}

bool gate_heap_holds(const struct gate_heap* heap, const void* address) {
    return (uintptr_t)address >= heap->begin && (uintptr_t)address < heap->end;
}

size_t gate_heap_size(struct gate_heap* heap, const void* bytes) {
    pthread_mutex_lock(&heap->lock);
    const struct gate_heap_block* block = block_of(heap, bytes);
    size_t size = 0;
    if (block != NULL) {
        size = (uintptr_t)block + size_of_class(block->detail) - (uintptr_t)bytes;
    }
    pthread_mutex_unlock(&heap->lock);
    return size;
}

bool gate_heap_free(struct gate_heap* heap, void* bytes) {
    pthread_mutex_lock(&heap->lock);
    struct gate_heap_block* block = block_of(heap, bytes);
    if (block != NULL) {
        uint32_t class = block->detail;
        header_of(bytes)->tag = 0;
        size_t size = size_of_class(class);
        if (size >= LARGE) {
            madvise((uint8_t*)block + PAGE, size - PAGE, MADV_DONTNEED);
        }
        block->tag = tag_of(block, FREE);
        block->next[0] = heap->free[class];
        heap->free[class] = block;
    }
    pthread_mutex_unlock(&heap->lock);
    return block != NULL;
}
