// The copy of a program's file that gets loaded: the dynamic loader finds no constructors in it, since those are guest
// code and run as such, and nothing that would keep the program in memory after its end.
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
};

// The file's bytes, and what was found in them. Addresses are relative to where the file is loaded.
struct gate_elf {
    uint8_t* bytes;
    size_t size;
    struct gate_elf_calls calls;
    // The tables of its relocations: all but those of the procedure linkage table, and those.
    struct {
        uint64_t address;
        uint64_t size;
    } relocations[2];
    // Where in the file its dynamic section begins, and how many entries that has.
    uint64_t dynamic;
    size_t dynamic_count;
    uint64_t symbols;
    uint64_t strings;
    uint64_t strings_size;
};

// A place of the program where the loader has put the address of a symbol.
struct gate_elf_import {
    const char* name;
    uint64_t place;
    // Where the program defines the symbol itself, or zero.
    uint64_t own;
    // Added to the address.
    int64_t addend;
};

// Checks the file's image and prepares it for the loader. NULL, or what is wrong with the image.
const char* gate_elf_prepare(struct gate_elf* elf);

// The name of the library that the file needs as its number `i`, or NULL.
const char* gate_elf_library(const struct gate_elf* elf, size_t i);

// Calls `visit` for each import.
void gate_elf_each_import(const struct gate_elf* elf,
                          void (*visit)(void* context, const struct gate_elf_import* import),
                          void* context);

// What may be done, once the program is loaded, with the memory at an address of it: PROT_READ and the like.
int gate_elf_protection(const struct gate_elf* elf, uint64_t address);

// The first address behind the loaded program.
uint64_t gate_elf_end(const struct gate_elf* elf);

#endif // GATE_ELF_H_
