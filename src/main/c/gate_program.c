// Programs: loading a file, and running what it holds from its constructors to its destructors.
#include "gate.h"
#include "gate_elf.h"
#include "gate_libc.h"
#include "gate_redirect.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zircon/errors.h>

typedef void program_call(int argc, char** argv, char** environment);
typedef int program_main(int argc, char** argv, char** environment);

struct zx_host_program {
    void* handle;
    uintptr_t base;
    struct gate_elf_calls calls;
    program_main* main;
    int argc;
    char** argv;
    bool started;
    struct gate_libc_program* libc;
};

struct message {
    char* text;
    size_t size;
};

__attribute__((format(printf, 2, 3))) static void say(const struct message* error,
                                                      const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (error->size != 0) {
        vsnprintf(error->text, error->size, format, arguments);
    }
    va_end(arguments);
}

// The file's bytes, private to us; NULL after an error.
static uint8_t* map_file(const char* path, size_t* size, const struct message* error) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        say(error, "%s: %s", path, strerror(errno));
        return NULL;
    }
    struct stat status;
    void* image = MAP_FAILED;
    if (fstat(file, &status) != 0) {
        say(error, "%s: %s", path, strerror(errno));
    } else if (!S_ISREG(status.st_mode) || status.st_size == 0) {
        say(error, "%s: %s", path, S_ISREG(status.st_mode) ? "the file is empty" : "not a file");
    } else {
        *size = (size_t)status.st_size;
        image = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
        if (image == MAP_FAILED) {
            say(error, "%s: %s", path, strerror(errno));
        }
    }
    close(file);
    return image == MAP_FAILED ? NULL : image;
}

static bool write_file(const char* path, const uint8_t* bytes, size_t size) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700);
    if (file < 0) {
        return false;
    }
    while (size != 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno != EINTR) {
            break;
        }
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    int problem = errno;
    bool closed = close(file) == 0;
    errno = size != 0 ? problem : errno;
    return size == 0 && closed;
}

// Opens a copy of the program after the libraries that it needs. A library that came with it would be bound to what the
// program defines, as C++'s library is to templates, and then keep the program in memory. Libraries that are not found
// here may be found from the program, or are missing: the loader says so then, and NULL is returned.
static void* open_after_libraries(const char* copy, const struct gate_elf* elf, char* why,
                                  size_t why_size) {
    size_t count = 0;
    while (gate_elf_library(elf, count) != NULL) {
        count++;
    }
    void** libraries = calloc(count + 1, sizeof *libraries);
    for (size_t i = 0; libraries != NULL && i < count; i++) {
        libraries[i] = dlopen(gate_elf_library(elf, i), RTLD_NOW | RTLD_LOCAL);
    }
    void* handle = dlopen(copy, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        snprintf(why, why_size, "%s", dlerror());
    }
    for (size_t i = 0; libraries != NULL && i < count; i++) {
        if (libraries[i] != NULL) {
            dlclose(libraries[i]);
        }
    }
    free(libraries);
    return handle;
}

// Opens the image as a shared object. The image goes through a file under the program's own name, so that backtraces,
// dladdr() and /proc/PID/maps name the program; a memfd would show as /proc/self/fd/N. The file is gone when this
// returns.
static void* open_image(const char* path, const struct gate_elf* elf,
                        const struct message* error) {
    const char* parent = getenv("TMPDIR");
    const char* slash = strrchr(path, '/');
    char folder[PATH_MAX / 2], copy[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/zircon-XXXXXX",
             parent != NULL && *parent != '\0' ? parent : "/tmp");
    if (mkdtemp(folder) == NULL) {
        say(error, "%s: no folder %s for its copy: %s", path, folder, strerror(errno));
        return NULL;
    }
    snprintf(copy, sizeof copy, "%s/%s", folder, slash != NULL ? slash + 1 : path);
    void* handle = NULL;
    if (!write_file(copy, elf->bytes, elf->size)) {
        say(error, "%s: its copy %s cannot be written: %s", path, copy, strerror(errno));
    } else {
        char why[PATH_MAX];
        handle = open_after_libraries(copy, elf, why, sizeof why);
        if (handle == NULL) {
            // The loader speaks of the copy, which nobody but us has heard of.
            size_t prefix = strlen(copy);
            bool names_copy = strncmp(why, copy, prefix) == 0 && why[prefix] == ':';
            say(error, "%s: %s", path, names_copy ? why + prefix + 2 : why);
        }
    }
    unlink(copy);
    rmdir(folder);
    return handle;
}

static struct link_map* map_of(void* handle) {
    struct link_map* map = NULL;
    return dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 ? map : NULL;
}

// dlsym() finds what the program's libraries define, too.
static void* own_symbol(void* handle, const char* name) {
    void* address = dlsym(handle, name);
    Dl_info info;
    struct link_map* map;
    if (address == NULL || dladdr1(address, &info, (void**)&map, RTLD_DL_LINKMAP) == 0) {
        return NULL;
    }
    return map == map_of(handle) ? address : NULL;
}

static program_call* call_at(uintptr_t address) { return (program_call*)address; }

// Guest code: the destructors of a program, each once.
static void call_destructors(void* context) {
    struct zx_host_program* program = context;
    struct gate_elf_calls* calls = &program->calls;
    const uintptr_t* fini = (const uintptr_t*)(program->base + calls->fini_array);
    while (calls->fini_count != 0) {
        ((void (*)(void))fini[--calls->fini_count])();
    }
    if (calls->fini != 0) {
        uintptr_t last = program->base + calls->fini;
        calls->fini = 0;
        ((void (*)(void))last)();
    }
}

// The program that the loader has opened; NULL after an error.
static struct zx_host_program* make_program(const char* path, void* handle,
                                            const struct gate_elf* elf,
                                            const struct message* error) {
    void* main_address = own_symbol(handle, "main");
    struct link_map* map = map_of(handle);
    if (main_address == NULL || map == NULL) {
        say(error, "%s: %s", path,
            main_address == NULL ? "it has no function main()" : "the loader does not know it");
        return NULL;
    }
    if (!gate_redirect(elf, map->l_addr)) {
        say(error, "%s: its imports cannot be changed: %s", path, strerror(errno));
        return NULL;
    }
    struct zx_host_program* program = calloc(1, sizeof *program);
    struct gate_libc_program* libc =
        gate_libc_add_program(path, map->l_addr, map->l_addr + gate_elf_end(elf));
    if (program == NULL || libc == NULL || !gate_know_program((uintptr_t)main_address)) {
        say(error, "%s: no memory to load it", path);
        if (libc != NULL) {
            gate_libc_remove_program(libc);
        }
        free(program);
        return NULL;
    }
    program->handle = handle;
    program->base = map->l_addr;
    program->calls = elf->calls;
    program->main = (program_main*)(uintptr_t)main_address;
    program->libc = libc;
    libc->starts_processes =
        gate_imports(elf, "zx_process_start") || gate_imports(elf, "_zx_process_start");
    libc->finish = call_destructors;
    libc->context = program;
    return program;
}

zx_host_program_t* zx_host_load(const char* path, char* text, size_t text_size) {
    const struct message error = {text, text_size};
    gate_make_global();
    gate_libc_take_abort();
    struct gate_elf elf = {0};
    elf.bytes = map_file(path, &elf.size, &error);
    if (elf.bytes == NULL) {
        return NULL;
    }
    const char* wrong = gate_elf_prepare(&elf);
    void* handle = NULL;
    if (wrong != NULL) {
        say(&error, "%s: %s", path, wrong);
    } else {
        handle = open_image(path, &elf, &error);
    }
    struct zx_host_program* program = handle != NULL ? make_program(path, handle, &elf, &error) : NULL;
    munmap(elf.bytes, elf.size);
    if (handle != NULL && program == NULL) {
        dlclose(handle);
    }
    return program;
}

zx_vaddr_t zx_host_symbol(zx_host_program_t* program, const char* name) {
    return (zx_vaddr_t)own_symbol(program->handle, name);
}

void zx_host_unload(zx_host_program_t* program) {
    gate_forget_program((uintptr_t)program->main);
    dlclose(program->handle);
    gate_libc_remove_program(program->libc);
    free(program);
}

// Guest code: the first thread of a program. The stack on which it runs is none that AddressSanitizer knows.
__attribute__((no_sanitize("address"))) static void run_as_guest(struct zx_host_program* program) {
    const struct gate_elf_calls* calls = &program->calls;
    int argc = program->argc;
    char** argv = program->argv;
    if (!gate_libc_begin(program->libc)) {
        zx_process_exit(ZX_ERR_NO_MEMORY);
    }
    if (calls->init != 0) {
        call_at(program->base + calls->init)(argc, argv, environ);
    }
    // The loader has relocated what stands in the arrays: these are addresses already.
    const uintptr_t* init = (const uintptr_t*)(program->base + calls->init_array);
    for (size_t i = 0; i < calls->init_count; i++) {
        call_at(init[i])(argc, argv, environ);
    }
    int result = program->main(argc, argv, environ);
    gate_libc_exit(gate_libc_known_self(), result);
}

zx_status_t zx_host_run_program(zx_host_program_t* program, int32_t argc, char** argv) {
    if (program->started) {
        return ZX_ERR_BAD_STATE;
    }
    program->argc = argc;
    program->argv = argv;
    program->started = true;
    zx_status_t status = zx_host_run((zx_vaddr_t)run_as_guest, (uint64_t)program, 0);
    gate_libc_leave();
    program->started = status == ZX_OK;
    return status;
}
