// The copy of a program's file that gets loaded: the dynamic loader finds no constructors in it, since those are guest
// code and run as such.
#ifndef GATE_ELF_H_
#define GATE_ELF_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What the file asks to be called before and after its main(), as addresses relative to where it is loaded.
struct gate_elf_calls {
    uint64_t init;
    uint64_t init_array;
    size_t init_count;
    uint64_t fini;
    uint64_t fini_array;
    size_t fini_count;
    // The file registers destructors with libc.
    bool registers_destructors;
};

// Checks the file's image, takes the calls out of it, and stores them. NULL, or what is wrong with the image.
const char* gate_elf_take_calls(uint8_t* image, size_t size, struct gate_elf_calls* calls);

#endif // GATE_ELF_H_
