// Ends with the return code that its argument names: `return N` from main(), or with `exit` before it, a call of
// zx_process_exit() from another place.
#include <stdlib.h>
#include <string.h>
#include <zircon/syscalls.h>

int main(int argc, char** argv) {
    if (argc == 3 && strcmp(argv[1], "exit") == 0) {
        zx_process_exit(strtoll(argv[2], NULL, 0));
    }
    return argc == 2 ? atoi(argv[1]) : 2;
}
