#include "gate_elf.h"

#include <elf.h>
#include <string.h>

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#define MACHINE_NAME "x86-64"
#endif

// Lies in the range for operating systems and means nothing to this one.
#define IGNORED_TAG 0x6ffffe00

struct image {
    uint8_t* bytes;
    size_t size;
};

static bool contains(const struct image* image, uint64_t offset, uint64_t size) {
    return offset <= image->size && size <= image->size - offset;
}

static const Elf64_Ehdr* header(const struct image* image) {
    return (const Elf64_Ehdr*)image->bytes;
}

static const Elf64_Phdr* segment(const struct image* image, size_t i) {
    return (const Elf64_Phdr*)(image->bytes + header(image)->e_phoff) + i;
}

static const char* check(const struct image* image) {
    if (!contains(image, 0, SELFMAG) || memcmp(image->bytes, ELFMAG, SELFMAG) != 0) {
        return "not an ELF file; a program is a shared object, made by cc -shared -fPIC";
    }
    if (!contains(image, 0, sizeof(Elf64_Ehdr))) {
        return "the ELF file is cut off";
    }
    const Elf64_Ehdr* elf = header(image);
    if (elf->e_ident[EI_CLASS] != ELFCLASS64 || elf->e_ident[EI_DATA] != ELFDATA2LSB ||
        elf->e_machine != MACHINE) {
        return "an ELF file for another machine; this one is " MACHINE_NAME;
    }
    if (elf->e_type != ET_DYN) {
        return "an ELF file, but not a shared object; make it by cc -shared -fPIC";
    }
    if (elf->e_phentsize != sizeof(Elf64_Phdr) || elf->e_phoff % _Alignof(Elf64_Phdr) != 0 ||
        !contains(image, elf->e_phoff, (uint64_t)elf->e_phnum * sizeof(Elf64_Phdr))) {
        return "the ELF file is cut off";
    }
    return NULL;
}

// Where the file has what is loaded at an address, or NULL.
static const uint8_t* loaded_at(const struct image* image, uint64_t address, uint64_t size) {
    for (size_t i = 0; i < header(image)->e_phnum; i++) {
        const Elf64_Phdr* load = segment(image, i);
        if (load->p_type == PT_LOAD && address >= load->p_vaddr &&
            address - load->p_vaddr <= load->p_filesz &&
            size <= load->p_filesz - (address - load->p_vaddr)) {
            uint64_t offset = load->p_offset + (address - load->p_vaddr);
            return contains(image, offset, size) ? image->bytes + offset : NULL;
        }
    }
    return NULL;
}

// A name in the string table that nothing refers to does no harm: the program then stays mapped without need.
static bool has_string(const uint8_t* strings, size_t size, const char* string) {
    return strings != NULL && memmem(strings, size, string, strlen(string) + 1) != NULL;
}

const char* gate_elf_take_calls(uint8_t* bytes, size_t size, struct gate_elf_calls* calls) {
    struct image image = {bytes, size};
    const char* wrong = check(&image);
    if (wrong != NULL) {
        return wrong;
    }
    const Elf64_Phdr* dynamic = NULL;
    for (size_t i = 0; i < header(&image)->e_phnum; i++) {
        if (segment(&image, i)->p_type == PT_DYNAMIC) {
            dynamic = segment(&image, i);
        }
    }
    if (dynamic == NULL || dynamic->p_offset % _Alignof(Elf64_Dyn) != 0 ||
        !contains(&image, dynamic->p_offset, dynamic->p_filesz)) {
        return "the ELF file has no dynamic section; make it by cc -shared -fPIC";
    }
    *calls = (struct gate_elf_calls){0};
    uint64_t strings = 0, strings_size = 0;
    Elf64_Dyn* entry = (Elf64_Dyn*)(bytes + dynamic->p_offset);
    Elf64_Dyn* end = entry + dynamic->p_filesz / sizeof *entry;
    for (; entry < end && entry->d_tag != DT_NULL; entry++) {
        uint64_t value = entry->d_un.d_val;
        switch (entry->d_tag) {
            case DT_INIT: calls->init = value; break;
            case DT_INIT_ARRAY: calls->init_array = value; break;
            case DT_INIT_ARRAYSZ: calls->init_count = value / sizeof(uint64_t); break;
            case DT_FINI: calls->fini = value; break;
            case DT_FINI_ARRAY: calls->fini_array = value; break;
            case DT_FINI_ARRAYSZ: calls->fini_count = value / sizeof(uint64_t); break;
            case DT_STRTAB: strings = value; continue;
            case DT_STRSZ: strings_size = value; continue;
            default: continue;
        }
        entry->d_tag = IGNORED_TAG;
    }
    calls->registers_destructors =
        has_string(loaded_at(&image, strings, strings_size), strings_size, "__cxa_atexit");
    return NULL;
}
