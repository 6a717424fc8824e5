// Loading and running programs; the runner of the tests has compiled those of the folder programs.
#include "harness.h"

#include <elf.h>

static char error[512];

// Every program tells what it does by closing handles and raising its version: see program.h.
#define MAX_TRACE 32
static uint64_t trace[MAX_TRACE];
static size_t traced;
static int64_t exit_code;
static char text[64];

static zx_status_t note_handle(uint64_t caller, zx_handle_t handle) {
    (void)caller;
    CHECK(traced < MAX_TRACE);
    trace[traced++] = handle;
    return ZX_OK;
}

static zx_status_t note_text(uint64_t caller, zx_host_user_t version, size_t size) {
    (void)caller;
    CHECK(size < sizeof text);
    return zx_host_copy_in(text, version, size);
}

static void note_exit(uint64_t caller, int64_t code) {
    (void)caller;
    exit_code = code;
    zx_host_thread_self()->leave = 1;
}

static void leave(zx_host_thread_t* thread) {
    note_handle(0, 0xfa017);
    thread->leave = 1;
}

static void start(void) {
    install_kernel();
    kernel.handle_close = note_handle;
    kernel.system_get_version = note_text;
    kernel.process_exit = note_exit;
    on_exception = leave;
}

static char* path_of(const char* name) {
    static char path[512];
    const char* folder = getenv("GATE_PROGRAMS");
    CHECK(folder != NULL);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static zx_host_program_t* load(const char* name) {
    zx_host_program_t* program = zx_host_load(path_of(name), error, sizeof error);
    if (program == NULL) {
        dprintf(2, "%s\n", error);
    }
    CHECK(program != NULL);
    return program;
}

static char* arguments[] = {"program", "first", NULL};

static void run(zx_host_program_t* program) {
    traced = 0;
    exit_code = -1;
    zx_host_thread_enter(GUEST_NAME);
    CHECK_EQUAL(zx_host_run_program(program, 2, arguments), ZX_OK);
    zx_host_thread_enter(0);
}

static void check_trace(const uint64_t* expected, size_t count) {
    for (size_t i = 0; i < count && i < traced; i++) {
        CHECK_EQUAL(trace[i], expected[i]);
    }
    CHECK_EQUAL(traced, count);
}

#define CHECK_TRACE(...)                        \
    check_trace((const uint64_t[]){__VA_ARGS__}, \
                sizeof((const uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t))

static bool is_mapped(uint64_t address) {
    char byte;
    return zx_host_copy_in(&byte, address, 1) == ZX_OK;
}

static void run_from_constructors_to_destructors(const char* name) {
    start();
    setenv("GATE_TEST", "environment", 1);
    zx_host_program_t* program = load(name);
    CHECK_EQUAL(traced, 0);
    zx_vaddr_t main_address = zx_host_symbol(program, "main");
    CHECK(main_address != 0);
    CHECK_EQUAL(zx_host_symbol(program, "malloc"), 0);
    CHECK_EQUAL(zx_host_symbol(program, "no_such_symbol"), 0);
    run(program);
    // Two constructors, main with argc, two destructors.
    CHECK_TRACE(1, 2, 100 + 2, 3, 4);
    CHECK_EQUAL(exit_code, 42);
    CHECK(strcmp(text, "first environment") == 0);
    CHECK_EQUAL(zx_host_run_program(program, 0, arguments), ZX_ERR_BAD_STATE);
    zx_host_unload(program);
    CHECK(!is_mapped(main_address));
}

TEST(aCProgramRunsFromConstructorsToDestructors) { run_from_constructors_to_destructors("order.so"); }
TEST(aLinkedCProgramRunsLikewise) { run_from_constructors_to_destructors("order-linked.so"); }
TEST(aCPlusPlusProgramRunsLikewise) { run_from_constructors_to_destructors("objects.so"); }

TEST(aProgramWithInitAndFiniRunsThem) {
    start();
    zx_host_program_t* program = load("init-fini.so");
    run(program);
    CHECK_TRACE(11, 12, 13);
    zx_host_unload(program);
}

TEST(eachLoadHasItsOwnStatics) {
    start();
    for (int i = 0; i < 2; i++) {
        zx_host_program_t* first = load("order.so");
        zx_host_program_t* second = load("order.so");
        CHECK(zx_host_symbol(first, "main") != zx_host_symbol(second, "main"));
        run(first);
        CHECK_EQUAL(exit_code, 42);
        run(second);
        CHECK_EQUAL(exit_code, 42); // main() adds to it at each call
        zx_host_unload(first);
        zx_host_unload(second);
    }
}

TEST(programsThatCameAndWentLeaveNothing) {
    start();
    zx_host_unload(load("order.so"));
    char folder[] = "/tmp/gate-test-XXXXXX";
    CHECK(mkdtemp(folder) != NULL && setenv("TMPDIR", folder, 1) == 0);
    struct holdings before = holdings();
    for (int i = 0; i < 200; i++) {
        zx_host_program_t* program = load("order.so");
        run(program);
        zx_host_unload(program);
    }
    CHECK_SAME_HOLDINGS(before);
    CHECK(rmdir(folder) == 0);
}

TEST(aProgramsOutputIsWrittenWhenItEnds) {
    start();
    FILE* file = tmpfile();
    CHECK(file != NULL && dup2(fileno(file), STDOUT_FILENO) == STDOUT_FILENO);
    zx_host_program_t* program = load("order.so");
    run(program);
    char output[64] = "";
    CHECK(pread(fileno(file), output, sizeof output - 1, 0) > 0);
    CHECK(strcmp(output, "stdio is flushed at the end") == 0);
    zx_host_unload(program);
}

TEST(aProgramWhoseDestructorsAreStillDueIsUnmapped) {
    start();
    zx_host_program_t* program = load("faulting.so");
    zx_vaddr_t main_address = zx_host_symbol(program, "main");
    run(program);
    CHECK_TRACE(1, 0xfa017);
    zx_host_unload(program);
    CHECK(!is_mapped(main_address));
}

TEST(aFaultOfAConstructorIsAGuestsFault) {
    start();
    zx_host_program_t* program = load("faulting-constructor.so");
    run(program);
    CHECK_TRACE(1, 0xfa017);
    zx_host_unload(program);
}

static void check_refused(const char* path, const char* reason) {
    memset(error, 'x', sizeof error);
    CHECK(zx_host_load(path, error, sizeof error) == NULL);
    if (strncmp(error, path, strlen(path)) != 0 || strstr(error, reason) == NULL) {
        dprintf(2, "loading %s says: %s\n", path, error);
        _exit(1);
    }
}

// A copy of a program with other bytes at an offset, or cut off there.
static char* altered(size_t offset, const void* bytes, size_t size) {
    static char image[1 << 20];
    FILE* file = fopen(path_of("order.so"), "r");
    CHECK(file != NULL);
    size_t length = fread(image, 1, sizeof image, file);
    fclose(file);
    if (bytes != NULL) {
        memcpy(image + offset, bytes, size);
    } else {
        length = offset;
    }
    file = fopen(path_of("altered.so"), "w");
    CHECK(file != NULL && fwrite(image, 1, length, file) == length);
    fclose(file);
    return path_of("altered.so");
}

TEST(aFileThatIsNoProgramIsRefusedWithTheReason) {
    check_refused(path_of("missing.so"), "No such file or directory");
    check_refused("/", "not a file");
    check_refused(path_of("order.c"), "not an ELF file");
    check_refused(path_of("no-main.so"), "no function main()");
    check_refused(path_of("undefined.so"), "undefined symbol: nobody_defines_this");
    check_refused(path_of("executable"), "position-independent executable");
    check_refused(altered(offsetof(Elf64_Ehdr, e_machine), &(uint16_t){EM_AARCH64}, 2),
                  "another machine");
    check_refused(altered(offsetof(Elf64_Ehdr, e_type), &(uint16_t){ET_EXEC}, 2),
                  "not a shared object");
    check_refused(altered(offsetof(Elf64_Ehdr, e_phoff), &(uint64_t){1 << 30}, 8), "cut off");
    check_refused(altered(0, NULL, 0), "empty");
    check_refused(altered(3, NULL, 0), "not an ELF file");
    check_refused(altered(sizeof(Elf64_Ehdr) - 1, NULL, 0), "cut off");
    check_refused(altered(sizeof(Elf64_Ehdr) + 1, NULL, 0), "cut off");
    check_refused(altered(4096, NULL, 0), ":");
    CHECK(zx_host_load(path_of("missing.so"), NULL, 0) == NULL);
    setenv("TMPDIR", "/no/such/folder", 1);
    check_refused(path_of("order.so"), "/no/such/folder");
}
