// Loads a gate as a JVM does, so that nobody else sees its symbols, and through it a program that links nothing.
#include <dlfcn.h>
#include <stdio.h>
#include <zx_host.h>

int main(int argc, char** argv) {
    char error[512];
    void* gate = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (gate == NULL) {
        fprintf(stderr, "no gate\n");
        return 1;
    }
    zx_host_program_t* (*load)(const char*, char*, size_t) =
        (zx_host_program_t * (*)(const char*, char*, size_t)) dlsym(gate, "zx_host_load");
    if (load(argv[2], error, sizeof error) == NULL) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    return 0;
}
