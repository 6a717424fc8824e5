// Says what it does by the handles that it closes.
#include <stdio.h>
#include <stdlib.h>
#include <zircon/syscalls.h>

static int answer = 41;

__attribute__((constructor(101))) static void first(void) { zx_handle_close(1); }
__attribute__((constructor)) static void second(void) { zx_handle_close(2); }
__attribute__((destructor)) static void last_but_one(void) { zx_handle_close(3); }
__attribute__((destructor(101))) static void last(void) { zx_handle_close(4); }

int main(int argc, char** argv, char** environment) {
    char text[64];
    (void)environment;
    zx_handle_close(100 + (zx_handle_t)argc);
    int length = snprintf(text, sizeof text, "%s %s", argv[1], getenv("GATE_TEST"));
    zx_system_get_version(text, (size_t)length + 1);
    printf("stdio is flushed at the end");
    return ++answer;
}
