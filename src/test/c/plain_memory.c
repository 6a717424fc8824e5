// malloc() and its relatives: a heap of the program's own, which takes back what is its own and what libraries allocate,
// and finds what is neither.
//
// Arguments: a way to go wrong, for good.
#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

static const size_t huge = (size_t)-1 / 2;

static int holds(const unsigned char* bytes, unsigned char value, size_t size) {
    size_t same = 0;
    while (same < size && bytes[same] == value) {
        same++;
    }
    return same == size;
}

// Blocks that are resized, given back and allocated again, each full of a value of its own.
static void* churn(void* seed) {
    enum { BLOCKS = 64, ROUNDS = 5000 };
    static const size_t limits[] = {40, 300, 5000, 200000};
    unsigned random = (unsigned)(uintptr_t)seed;
    unsigned char* blocks[BLOCKS] = {NULL};
    size_t sizes[BLOCKS] = {0};
    int wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        unsigned at = (unsigned)rand_r(&random) % BLOCKS;
        size_t size = (size_t)rand_r(&random) % limits[rand_r(&random) % 4] + 1;
        unsigned char value = (unsigned char)at;
        wrong += !holds(blocks[at], value, sizes[at]);
        size_t kept = sizes[at] < size ? sizes[at] : size;
        switch (rand_r(&random) % 4) {
            case 0:
                free(blocks[at]);
                blocks[at] = calloc(1, size);
                wrong += !holds(blocks[at], 0, size);
                break;
            case 1:
                blocks[at] = realloc(blocks[at], size);
                wrong += !holds(blocks[at], value, kept);
                break;
            case 2: {
                size_t alignment = (size_t)16 << (rand_r(&random) % 10);
                free(blocks[at]);
                blocks[at] = aligned_alloc(alignment, size);
                wrong += (uintptr_t)blocks[at] % alignment != 0;
                break;
            }
            default:
                free(blocks[at]);
                blocks[at] = malloc(size);
                wrong += (uintptr_t)blocks[at] % _Alignof(max_align_t) != 0;
        }
        sizes[at] = size;
        wrong += malloc_usable_size(blocks[at]) < size;
        memset(blocks[at], value, size);
    }
    for (int i = 0; i < BLOCKS; i++) {
        free(blocks[i]);
    }
    return (void*)(uintptr_t)wrong;
}

static void churn_on_threads(void) {
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) {
        CHECK_EQ(0, pthread_create(&threads[i], NULL, churn, (void*)(i + 1)));
    }
    for (int i = 0; i < THREADS; i++) {
        void* wrong = NULL;
        CHECK_EQ(0, pthread_join(threads[i], &wrong));
        CHECK_EQ(0, (uintptr_t)wrong);
    }
}

static void check_refusals(void) {
    // Sizes that the compiler does not see.
    volatile size_t much = huge, two = 2, odd = 24;
    errno = 0;
    CHECK(malloc(much) == NULL);
    CHECK_EQ(ENOMEM, errno);
    errno = 0;
    CHECK(calloc(much, two + 2) == NULL);
    CHECK_EQ(ENOMEM, errno);
    char* volatile kept = strdup("kept");
    errno = 0;
    CHECK(realloc(kept, much) == NULL);
    CHECK_EQ(ENOMEM, errno);
    errno = 0;
    CHECK(reallocarray(kept, much, two + 2) == NULL);
    CHECK_EQ(ENOMEM, errno);
    CHECK_EQ(0, strcmp(kept, "kept"));
    void* block = kept;
    CHECK_EQ(EINVAL, posix_memalign(&block, odd, 8));
    CHECK_EQ(EINVAL, posix_memalign(&block, two, 8));
    CHECK_EQ(ENOMEM, posix_memalign(&block, 64, much));
    CHECK(block == kept);
    free(kept);
    CHECK_EQ(0, posix_memalign(&block, 1 << 20, 8));
    CHECK_EQ(0, (uintptr_t)block % (1 << 20));
    free(block);
    free(NULL);
    CHECK_EQ(0, malloc_usable_size(NULL));
    void* volatile empty = malloc(0);
    CHECK(empty != NULL);
    CHECK(realloc(empty, 0) == NULL);
}

// Blocks that go from the program to the library, or the other way.
static void share_with_library(void) {
    char* text = NULL;
    CHECK_EQ(5, asprintf(&text, "%d", 12345));
    CHECK_EQ(0, strcmp(text, "12345"));
    text = realloc(text, 1000);
    CHECK_EQ(0, strcmp(text, "12345"));
    free(text);

    char* written = NULL;
    size_t size = 0;
    FILE* memory = open_memstream(&written, &size);
    fprintf(memory, "a line that is longer than what comes first\nshort\nthe rest");
    CHECK_EQ(0, fclose(memory));
    CHECK(size <= malloc_usable_size(written));

    FILE* lines = fmemopen(written, size, "r");
    size_t room = 4;
    char* line = malloc(room);
    CHECK_EQ(44, getline(&line, &room, lines));
    CHECK_EQ(0, strcmp(line, "a line that is longer than what comes first\n"));
    CHECK(room >= 45);
    const char* longest = line;
    CHECK_EQ(6, getdelim(&line, &room, '\n', lines));
    CHECK(line == longest);
    CHECK_EQ(0, strcmp(line, "short\n"));
    CHECK_EQ(8, getline(&line, &room, lines));
    CHECK_EQ(0, strcmp(line, "the rest"));
    CHECK_EQ(-1, getline(&line, &room, lines));
    CHECK_EQ(0, fclose(lines));
    free(line);

    written = realloc(written, 2 * size);
    CHECK_EQ(0, memcmp(written, "a line", 6));
    free(written);

    char* part = strndup("abcdef", 3);
    CHECK_EQ(0, strcmp(part, "abc"));
    free(part);
}

// A large block comes back empty, although the program has written to all of it.
static void clear_again(void) {
    enum { SIZE = 300000 };
    unsigned char* first = malloc(SIZE);
    memset(first, 0xff, SIZE);
    free(first);
    unsigned char* second = calloc(SIZE, 1);
    CHECK(second == first);
    CHECK(holds(second, 0, SIZE));
    free(second);
}

// The compiler does not see what they do.
typedef unsigned char* volatile block_t;

static void free_twice(block_t block) {
    block_t same = block;
    free(block);
    free(same);
}

static void free_inside(block_t block) {
    block_t inside = block + 16;
    free(inside);
}

static void resize_none(block_t block) {
    block_t same = block;
    free(block);
    block = realloc(same, 10);
}

static void write_beyond(block_t block) {
    block_t next = malloc(2000);
    free(next);
    memset(block, 0xff, 2000 + 64);
    next = malloc(2000);
}

static void write_far_beyond(block_t block) {
    memset(block, 0xff, 1 << 30);
}

struct mistake {
    const char* name;
    void (*make)(block_t block);
};

static const struct mistake mistakes[] = {
    {"twice", free_twice},         {"inside", free_inside},        {"none", resize_none},
    {"beyond", write_beyond},      {"far", write_far_beyond},
};
enum { MISTAKES = sizeof(mistakes) / sizeof(*mistakes), HARMLESS = 3 };

static void* make_mistake(void* mistake) {
    ((const struct mistake*)mistake)->make(malloc(2000));
    return NULL;
}

// The thread that is wrong aborts; for the others the heap is as it was.
static void survive(const struct mistake* mistake) {
    enum { KEY = 6 };
    zx_handle_t port = new_port();
    MUST(zx_task_bind_exception_port(zx_process_self(), port, KEY, 0));
    pthread_t wrong;
    CHECK_EQ(0, pthread_create(&wrong, NULL, make_mistake, (void*)(uintptr_t)mistake));
    zx_handle_t thread = next_exception(port, KEY, ZX_EXCP_UNDEFINED_INSTRUCTION, zx_process_self());
    MUST(zx_task_kill(thread));
    MUST(zx_handle_close(thread));
    CHECK_EQ(0, pthread_join(wrong, NULL));
    MUST(zx_handle_close(port));
    CHECK_EQ(0, (uintptr_t)churn((void*)7));
}

int main(int argc, char** argv) {
    if (argc > 1) {
        for (int i = 0; i < MISTAKES; i++) {
            if (strcmp(argv[1], mistakes[i].name) == 0) {
                mistakes[i].make(malloc(2000));
            }
        }
        return 0;
    }
    churn_on_threads();
    check_refusals();
    share_with_library();
    clear_again();
    for (int i = 0; i < HARMLESS; i++) {
        survive(&mistakes[i]);
    }
    return CHECK_RESULT();
}
