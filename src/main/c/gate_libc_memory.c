// malloc() and its relatives. What libraries allocate for a program is the host's, and free() and realloc() know it.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <errno.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void* allocate(struct gate_heap* heap, size_t alignment, size_t size, bool cleared) {
    void* block = gate_heap_allocate(heap, alignment, size, cleared);
    if (block == NULL && heap->corrupted) {
        gate_libc_complain("malloc(): the program has written over its heap");
    }
    if (block == NULL) {
        errno = ENOMEM;
    }
    return block;
}

// The heap of the program that calls. NULL: a library calls, by a pointer that the program gave it, in a thread that is
// not known yet.
static struct gate_heap* heap_of(const void* caller) {
    struct gate_libc_program* program = gate_libc_program_of(caller);
    return program != NULL ? &program->heap : NULL;
}

#define OWN_HEAP() heap_of(__builtin_return_address(0))

static struct gate_heap* owner_of(const void* block) {
    struct gate_libc_program* program = block != NULL ? gate_libc_owner(block) : NULL;
    return program != NULL ? &program->heap : NULL;
}

static void* malloc_for(struct gate_heap* heap, size_t size) {
    return heap != NULL ? allocate(heap, _Alignof(max_align_t), size, false) : malloc(size);
}

static void* malloc_(size_t size) { return malloc_for(OWN_HEAP(), size); }

static void* calloc_(size_t count, size_t size) {
    struct gate_heap* heap = OWN_HEAP();
    size_t bytes;
    if (heap == NULL || __builtin_mul_overflow(count, size, &bytes)) {
        return calloc(count, size);
    }
    return allocate(heap, _Alignof(max_align_t), bytes, true);
}

static void free_(void* block) {
    struct gate_heap* owner = owner_of(block);
    if (owner == NULL) {
        free(block);
        return;
    }
    int error = errno;
    if (!gate_heap_free(owner, block)) {
        gate_libc_complain("free(): no block that is in use");
    }
    errno = error;
}

static void* resize(struct gate_heap* heap, struct gate_heap* owner, void* block, size_t size) {
    size_t before = gate_heap_size(owner, block);
    if (before == 0) {
        gate_libc_complain("realloc(): no block that is in use");
    }
    // One that needs half of it at least stays where it is.
    if (size <= before && size >= before / 2) {
        return block;
    }
    void* moved = malloc_for(heap, size);
    if (moved != NULL) {
        memcpy(moved, block, size < before ? size : before);
        gate_heap_free(owner, block);
    }
    return moved;
}

static void* realloc_for(struct gate_heap* heap, void* block, size_t size) {
    if (block == NULL) {
        return malloc_for(heap, size);
    }
    struct gate_heap* owner = owner_of(block);
    if (owner == NULL) {
        return realloc(block, size);
    }
    if (size == 0) {
        free_(block);
        return NULL;
    }
    return resize(heap, owner, block, size);
}

static void* realloc_(void* block, size_t size) { return realloc_for(OWN_HEAP(), block, size); }

static void* reallocarray_(void* block, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc_for(OWN_HEAP(), block, bytes);
}

static void* aligned_for(struct gate_heap* heap, size_t alignment, size_t size) {
    bool is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
    if (heap == NULL || !is_power) {
        return aligned_alloc(alignment, size);
    }
    return allocate(heap, alignment, size, false);
}

static void* aligned_alloc_(size_t alignment, size_t size) {
    return aligned_for(OWN_HEAP(), alignment, size);
}

static int posix_memalign_(void** block, size_t alignment, size_t size) {
    struct gate_heap* heap = OWN_HEAP();
    bool is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
    if (!is_power || alignment % sizeof(void*) != 0) {
        return EINVAL;
    }
    int error = errno;
    void* made = aligned_for(heap, alignment, size);
    errno = error;
    if (made == NULL) {
        return ENOMEM;
    }
    *block = made;
    return 0;
}

static void* valloc_(size_t size) {
    return aligned_for(OWN_HEAP(), (size_t)sysconf(_SC_PAGESIZE), size);
}

static size_t usable_size(void* block) {
    struct gate_heap* owner = owner_of(block);
    return owner != NULL ? gate_heap_size(owner, block) : malloc_usable_size(block);
}

// What gives its caller a block to free, or takes one.

static char* duplicate(struct gate_heap* heap, const char* text, size_t length) {
    char* copy = malloc_for(heap, length + 1);
    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

static char* strdup_(const char* text) { return duplicate(OWN_HEAP(), text, strlen(text)); }

static char* strndup_(const char* text, size_t limit) {
    return duplicate(OWN_HEAP(), text, strnlen(text, limit));
}

static int print(struct gate_heap* heap, char** text, const char* format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    *text = length >= 0 ? malloc_for(heap, (size_t)length + 1) : NULL;
    return *text != NULL ? vsnprintf(*text, (size_t)length + 1, format, arguments) : -1;
}

static int vasprintf_(char** text, const char* format, va_list arguments) {
    return print(OWN_HEAP(), text, format, arguments);
}

static int vasprintf_chk(char** text, int flag, const char* format, va_list arguments) {
    (void)flag;
    return print(OWN_HEAP(), text, format, arguments);
}

static int asprintf_(char** text, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = print(OWN_HEAP(), text, format, arguments);
    va_end(arguments);
    return length;
}

static int asprintf_chk(char** text, int flag, const char* format, ...) {
    (void)flag;
    va_list arguments;
    va_start(arguments, format);
    int length = print(OWN_HEAP(), text, format, arguments);
    va_end(arguments);
    return length;
}

// libc would resize the caller's buffer itself.
static ssize_t read_until(struct gate_heap* heap, char** line, size_t* size, int end, FILE* file) {
    if (line == NULL || size == NULL) {
        errno = EINVAL;
        return -1;
    }
    char* read = NULL;
    size_t room = 0;
    ssize_t length = getdelim(&read, &room, end, file);
    if (length >= 0 && (*line == NULL || *size <= (size_t)length)) {
        char* longer = realloc_for(heap, *line, (size_t)length + 1);
        if (longer != NULL) {
            *line = longer;
            *size = (size_t)length + 1;
        } else {
            length = -1;
        }
    }
    if (length >= 0) {
        memcpy(*line, read, (size_t)length + 1);
    }
    int error = errno;
    free(read);
    errno = error;
    return length;
}

static ssize_t getdelim_(char** line, size_t* size, int end, FILE* file) {
    return read_until(OWN_HEAP(), line, size, end, file);
}

static ssize_t getline_(char** line, size_t* size, FILE* file) {
    return read_until(OWN_HEAP(), line, size, '\n', file);
}

const struct gate_redirection gate_libc_memory[] = {
    GATE_REDIRECT("malloc", malloc_),
    GATE_REDIRECT("calloc", calloc_),
    GATE_REDIRECT("realloc", realloc_),
    GATE_REDIRECT("reallocarray", reallocarray_),
    GATE_REDIRECT("free", free_),
    GATE_REDIRECT("cfree", free_),
    GATE_REDIRECT("aligned_alloc", aligned_alloc_),
    GATE_REDIRECT("memalign", aligned_alloc_),
    GATE_REDIRECT("posix_memalign", posix_memalign_),
    GATE_REDIRECT("valloc", valloc_),
    GATE_REDIRECT("malloc_usable_size", usable_size),
    GATE_REDIRECT("strdup", strdup_),
    GATE_REDIRECT("__strdup", strdup_),
    GATE_REDIRECT("strndup", strndup_),
    GATE_REDIRECT("__strndup", strndup_),
    GATE_REDIRECT("asprintf", asprintf_),
    GATE_REDIRECT("__asprintf_chk", asprintf_chk),
    GATE_REDIRECT("vasprintf", vasprintf_),
    GATE_REDIRECT("__vasprintf_chk", vasprintf_chk),
    GATE_REDIRECT("getline", getline_),
    GATE_REDIRECT("getdelim", getdelim_),
    GATE_REDIRECT("__getdelim", getdelim_),
    {NULL, NULL},
};
