// Linked with -init and -fini, the oldest kind of constructor.
#include <zircon/syscalls.h>

void begin(void) { zx_handle_close(11); }
void end(void) { zx_handle_close(13); }

int main(void) {
    zx_handle_close(12);
    return 0;
}
