// pthread_key_create() and tss_create(): values of threads. libc would call their destructors at the end of the host's
// thread, when the program may be gone.
#include "gate_libc.h"
#include "gate_redirect.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#define ROUNDS 4 // PTHREAD_DESTRUCTOR_ITERATIONS, and TSS_DTOR_ITERATIONS

static int create(pthread_key_t* name, void (*destructor)(void*)) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    if (self == NULL) {
        return ENOMEM;
    }
    struct gate_libc_key* keys = self->program->keys;
    sigset_t mask;
    gate_libc_lock(&mask);
    size_t i = 0;
    while (i < GATE_LIBC_KEYS && (keys[i].generation & 1) != 0) {
        i++;
    }
    if (i < GATE_LIBC_KEYS) {
        keys[i].destructor = destructor;
        keys[i].generation++;
    }
    gate_libc_unlock(&mask);
    if (i == GATE_LIBC_KEYS) {
        return EAGAIN;
    }
    *name = (pthread_key_t)i;
    return 0;
}

// The generation of a key that exists, otherwise zero.
static uint32_t generation_of(const struct gate_libc_thread* self, pthread_key_t name) {
    if (self == NULL || name >= GATE_LIBC_KEYS) {
        return 0;
    }
    uint32_t generation = self->program->keys[name].generation;
    return (generation & 1) != 0 ? generation : 0;
}

static int delete(pthread_key_t name) {
    struct gate_libc_thread* self = GATE_LIBC_SELF();
    sigset_t mask;
    gate_libc_lock(&mask);
    bool exists = generation_of(self, name) != 0;
    if (exists) {
        self->program->keys[name].generation++;
    }
    gate_libc_unlock(&mask);
    return exists ? 0 : EINVAL;
}

static void* get(pthread_key_t name) {
    const struct gate_libc_thread* self = GATE_LIBC_SELF();
    uint32_t generation = generation_of(self, name);
    bool has_value = generation != 0 && name < self->value_count &&
                     self->values[name].generation == generation;
    return has_value ? self->values[name].value : NULL;
}

static int set_value(struct gate_libc_thread* self, pthread_key_t name, void* value) {
    uint32_t generation = generation_of(self, name);
    if (generation == 0) {
        return EINVAL;
    }
    if (name >= self->value_count) {
        size_t count = (size_t)name + 16;
        struct gate_libc_value* values = realloc(self->values, count * sizeof *values);
        if (values == NULL) {
            return ENOMEM;
        }
        memset(values + self->value_count, 0, (count - self->value_count) * sizeof *values);
        self->values = values;
        self->value_count = count;
    }
    self->values[name] = (struct gate_libc_value){generation, value};
    return 0;
}

static int set(pthread_key_t name, const void* value) {
    return set_value(GATE_LIBC_SELF(), name, (void*)(uintptr_t)value);
}

static int create_c11(tss_t* name, tss_dtor_t destructor) {
    return create(name, destructor) == 0 ? thrd_success : thrd_error;
}

static void delete_c11(tss_t name) { (void)delete (name); }

static int set_c11(tss_t name, void* value) {
    return set_value(GATE_LIBC_SELF(), name, value) == 0 ? thrd_success : thrd_error;
}

// One round. Whether a destructor was called: it may have set values again.
static bool destroy_once(struct gate_libc_thread* self) {
    bool any = false;
    for (size_t i = 0; i < self->value_count; i++) {
        struct gate_libc_value old = self->values[i];
        self->values[i].value = NULL;
        void (*destructor)(void*) = self->program->keys[i].destructor;
        bool lives = old.generation == generation_of(self, (pthread_key_t)i);
        if (old.value != NULL && lives && destructor != NULL) {
            destructor(old.value);
            any = true;
        }
    }
    return any;
}

void gate_libc_destroy_values(struct gate_libc_thread* self) {
    for (int round = 0; round < ROUNDS && destroy_once(self); round++) {
    }
}

const struct gate_redirection gate_libc_keys[] = {
    GATE_REDIRECT("pthread_key_create", create),
    GATE_REDIRECT("__pthread_key_create", create),
    GATE_REDIRECT("pthread_key_delete", delete),
    GATE_REDIRECT("pthread_getspecific", get),
    GATE_REDIRECT("pthread_setspecific", set),
    GATE_REDIRECT("tss_create", create_c11),
    GATE_REDIRECT("tss_delete", delete_c11),
    GATE_REDIRECT("tss_get", get),
    GATE_REDIRECT("tss_set", set_c11),
    {NULL, NULL},
};
