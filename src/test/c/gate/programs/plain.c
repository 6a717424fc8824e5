// Uses what the gate has in the place of libc's: through the linkage table, and through constants and variables.
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>
#include <zircon/syscalls.h>

void (*const constant)(int) = exit;
void (*variable)(int) = exit;
void (*const own)(int) = _Exit;

// The program's own functions stay what they are.
unsigned sleep(unsigned seconds) { return seconds + 1; }

static void* nothing(void* unused) { return unused; }
static int nothing_c11(void* unused) { return unused != NULL; }
static void at_exit(void) { zx_handle_close(7); }

int main(void) {
    pthread_t thread;
    thrd_t thread_c11;
    pthread_key_t key;
    const struct timespec time = {1, 5};
    zx_handle_close((zx_handle_t)(100 + pthread_create(&thread, NULL, nothing, NULL)));
    zx_handle_close((zx_handle_t)(200 + thrd_create(&thread_c11, nothing_c11, NULL)));
    zx_handle_close((zx_handle_t)(300 + nanosleep(&time, NULL)));
    zx_handle_close((zx_handle_t)(400 + sleep(1)));
    pthread_key_create(&key, free);
    pthread_setspecific(key, &key); // of no use to free(), which must not be called
    atexit(at_exit);
    variable(3);
    return 0;
}
