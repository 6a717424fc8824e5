#include "gate_elf.h"

#include <elf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#define MACHINE_NAME "x86-64"
// Relocations that ask for the address of a symbol.
#define ADDRESS R_X86_64_GLOB_DAT
#define ADDRESS_OF_CALL R_X86_64_JUMP_SLOT
#define ADDRESS_PLUS R_X86_64_64
#endif

// Lies in the range for operating systems and means nothing to this one.
#define IGNORED_TAG 0x6ffffe00

static bool contains(const struct gate_elf* elf, uint64_t offset, uint64_t size) {
    return offset <= elf->size && size <= elf->size - offset;
}

static const Elf64_Ehdr* header(const struct gate_elf* elf) {
    return (const Elf64_Ehdr*)elf->bytes;
}

static const Elf64_Phdr* segment(const struct gate_elf* elf, size_t i) {
    return (const Elf64_Phdr*)(elf->bytes + header(elf)->e_phoff) + i;
}

static const char* check(const struct gate_elf* elf) {
    if (!contains(elf, 0, SELFMAG) || memcmp(elf->bytes, ELFMAG, SELFMAG) != 0) {
        return "not an ELF file; a program is a shared object, made by cc -shared -fPIC";
    }
    if (!contains(elf, 0, sizeof(Elf64_Ehdr))) {
        return "the ELF file is cut off";
    }
    const Elf64_Ehdr* file = header(elf);
    if (file->e_ident[EI_CLASS] != ELFCLASS64 || file->e_ident[EI_DATA] != ELFDATA2LSB ||
        file->e_machine != MACHINE) {
        return "an ELF file for another machine; this one is " MACHINE_NAME;
    }
    if (file->e_type != ET_DYN) {
        return "an ELF file, but not a shared object; make it by cc -shared -fPIC";
    }
    if (file->e_phentsize != sizeof(Elf64_Phdr) || file->e_phoff % _Alignof(Elf64_Phdr) != 0 ||
        !contains(elf, file->e_phoff, (uint64_t)file->e_phnum * sizeof(Elf64_Phdr))) {
        return "the ELF file is cut off";
    }
    return NULL;
}

// Where the file has what is loaded at an address, or NULL.
static uint8_t* loaded_at(const struct gate_elf* elf, uint64_t address, uint64_t size) {
    for (size_t i = 0; i < header(elf)->e_phnum; i++) {
        const Elf64_Phdr* load = segment(elf, i);
        if (load->p_type == PT_LOAD && address >= load->p_vaddr &&
            address - load->p_vaddr <= load->p_filesz &&
            size <= load->p_filesz - (address - load->p_vaddr)) {
            uint64_t offset = load->p_offset + (address - load->p_vaddr);
            return contains(elf, offset, size) ? elf->bytes + offset : NULL;
        }
    }
    return NULL;
}

static const Elf64_Rela* relocations(const struct gate_elf* elf, size_t table, size_t* count) {
    const uint8_t* found =
        loaded_at(elf, elf->relocations[table].address, elf->relocations[table].size);
    bool usable = found != NULL && (uintptr_t)found % _Alignof(Elf64_Rela) == 0;
    *count = usable ? elf->relocations[table].size / sizeof(Elf64_Rela) : 0;
    return (const Elf64_Rela*)found;
}

// The symbol that a relocation names, or NULL if it names none.
static Elf64_Sym* symbol_of(const struct gate_elf* elf, const Elf64_Rela* relocation) {
    uint64_t number = ELF64_R_SYM(relocation->r_info);
    if (number == 0 || elf->symbols == 0) {
        return NULL;
    }
    uint8_t* found =
        loaded_at(elf, elf->symbols + number * sizeof(Elf64_Sym), sizeof(Elf64_Sym));
    return (uintptr_t)found % _Alignof(Elf64_Sym) == 0 ? (Elf64_Sym*)found : NULL;
}

// The loader binds a "unique" symbol of C++ to one definition for the whole host process and keeps the file that has it
// for good: a second run would share its statics with the first. As an ordinary symbol it is the program's own. A
// program's own uses of it come through relocations, so that all that matter are found here.
static void make_unique_symbols_ordinary(const struct gate_elf* elf) {
    for (size_t table = 0; table < 2; table++) {
        size_t count;
        const Elf64_Rela* relocation = relocations(elf, table, &count);
        for (size_t i = 0; i < count; i++) {
            Elf64_Sym* symbol = symbol_of(elf, &relocation[i]);
            if (symbol != NULL && ELF64_ST_BIND(symbol->st_info) == STB_GNU_UNIQUE) {
                symbol->st_info =
                    ELF64_ST_INFO(STB_GLOBAL, ELF64_ST_TYPE(symbol->st_info));
            }
        }
    }
}

const char* gate_elf_prepare(struct gate_elf* elf) {
    const char* wrong = check(elf);
    if (wrong != NULL) {
        return wrong;
    }
    const Elf64_Phdr* dynamic = NULL;
    for (size_t i = 0; i < header(elf)->e_phnum; i++) {
        if (segment(elf, i)->p_type == PT_DYNAMIC) {
            dynamic = segment(elf, i);
        }
    }
    if (dynamic == NULL || dynamic->p_offset % _Alignof(Elf64_Dyn) != 0 ||
        !contains(elf, dynamic->p_offset, dynamic->p_filesz)) {
        return "the ELF file has no dynamic section; make it by cc -shared -fPIC";
    }
    struct gate_elf_calls* calls = &elf->calls;
    elf->dynamic = dynamic->p_offset;
    elf->dynamic_count = dynamic->p_filesz / sizeof(Elf64_Dyn);
    Elf64_Dyn* entry = (Elf64_Dyn*)(elf->bytes + elf->dynamic);
    Elf64_Dyn* end = entry + elf->dynamic_count;
    for (; entry < end && entry->d_tag != DT_NULL; entry++) {
        uint64_t value = entry->d_un.d_val;
        switch (entry->d_tag) {
            case DT_INIT: calls->init = value; break;
            case DT_INIT_ARRAY: calls->init_array = value; break;
            case DT_INIT_ARRAYSZ: calls->init_count = value / sizeof(uint64_t); break;
            case DT_FINI: calls->fini = value; break;
            case DT_FINI_ARRAY: calls->fini_array = value; break;
            case DT_FINI_ARRAYSZ: calls->fini_count = value / sizeof(uint64_t); break;
            case DT_RELA: elf->relocations[0].address = value; continue;
            case DT_RELASZ: elf->relocations[0].size = value; continue;
            case DT_JMPREL: elf->relocations[1].address = value; continue;
            case DT_PLTRELSZ: elf->relocations[1].size = value; continue;
            case DT_SYMTAB: elf->symbols = value; continue;
            case DT_STRTAB: elf->strings = value; continue;
            case DT_STRSZ: elf->strings_size = value; continue;
            case DT_FLAGS_1: entry->d_un.d_val = value & ~(uint64_t)DF_1_NODELETE; continue;
            default: continue;
        }
        entry->d_tag = IGNORED_TAG;
    }
    make_unique_symbols_ordinary(elf);
    return NULL;
}

// NULL unless every name in the table ends.
static const char* names(const struct gate_elf* elf) {
    const char* strings = (const char*)loaded_at(elf, elf->strings, elf->strings_size);
    bool ends = strings != NULL && elf->strings_size != 0 && strings[elf->strings_size - 1] == 0;
    return ends ? strings : NULL;
}

const char* gate_elf_library(const struct gate_elf* elf, size_t i) {
    const char* strings = names(elf);
    const Elf64_Dyn* entry = (const Elf64_Dyn*)(elf->bytes + elf->dynamic);
    const Elf64_Dyn* end = entry + elf->dynamic_count;
    for (; strings != NULL && entry < end && entry->d_tag != DT_NULL; entry++) {
        if (entry->d_tag == DT_NEEDED && entry->d_un.d_val < elf->strings_size && i-- == 0) {
            return strings + entry->d_un.d_val;
        }
    }
    return NULL;
}

void gate_elf_each_import(const struct gate_elf* elf,
                          void (*visit)(void* context, const struct gate_elf_import* import),
                          void* context) {
    const char* strings = names(elf);
    if (strings == NULL) {
        return;
    }
    for (size_t table = 0; table < 2; table++) {
        size_t count;
        const Elf64_Rela* relocation = relocations(elf, table, &count);
        for (size_t i = 0; i < count; i++) {
            const Elf64_Sym* symbol = symbol_of(elf, &relocation[i]);
            uint64_t type = ELF64_R_TYPE(relocation[i].r_info);
            bool address = type == ADDRESS || type == ADDRESS_OF_CALL || type == ADDRESS_PLUS;
            if (address && symbol != NULL && symbol->st_shndx < SHN_LORESERVE &&
                ELF64_ST_TYPE(symbol->st_info) != STT_GNU_IFUNC &&
                symbol->st_name < elf->strings_size) {
                const struct gate_elf_import import = {
                    strings + symbol->st_name,
                    relocation[i].r_offset,
                    symbol->st_shndx != SHN_UNDEF ? symbol->st_value : 0,
                    type == ADDRESS_PLUS ? relocation[i].r_addend : 0,
                };
                visit(context, &import);
            }
        }
    }
}

int gate_elf_protection(const struct gate_elf* elf, uint64_t address) {
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    int protection = 0;
    for (size_t i = 0; i < header(elf)->e_phnum; i++) {
        const Elf64_Phdr* part = segment(elf, i);
        uint64_t end = part->p_vaddr + part->p_memsz;
        // The loader leaves a page open that is not covered to its end.
        if (part->p_type == PT_GNU_RELRO && address >= part->p_vaddr / page * page &&
            address < end / page * page) {
            return PROT_READ;
        }
        if (part->p_type == PT_LOAD && address >= part->p_vaddr && address < end) {
            protection = ((part->p_flags & PF_R) != 0 ? PROT_READ : 0) |
                         ((part->p_flags & PF_W) != 0 ? PROT_WRITE : 0) |
                         ((part->p_flags & PF_X) != 0 ? PROT_EXEC : 0);
        }
    }
    return protection;
}

uint64_t gate_elf_end(const struct gate_elf* elf) {
    uint64_t end = 0;
    for (size_t i = 0; i < header(elf)->e_phnum; i++) {
        const Elf64_Phdr* part = segment(elf, i);
        if (part->p_type == PT_LOAD && part->p_vaddr + part->p_memsz > end) {
            end = part->p_vaddr + part->p_memsz;
        }
    }
    return end;
}
