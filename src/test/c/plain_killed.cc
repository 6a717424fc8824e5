// Dies of a fault, or is aborted by its library, with much still to be done at its end; nothing of it may be left.
#include "check.h"

#include <cstdlib>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace {

void never(const char* what) { std::fprintf(stderr, "%s of a killed program ran\n", what); }

struct Static {
    std::string text = "long enough to be somewhere else in memory";
    ~Static() { never("a static object"); }
};

Static before_main;
thread_local Static of_thread;
pthread_key_t key;

void* wait(void* unused) {
    pthread_setspecific(key, &key);
    of_thread.text += ".";
    for (;;) {
        sleep(1000);
    }
    return unused;
}

}  // namespace

int main(int argc, char**) {
    static Static local;
    std::atexit([] { never("a function"); });
    std::at_quick_exit([] { never("a function"); });
    pthread_atfork([] { never("a function"); }, nullptr, nullptr);
    pthread_key_create(&key, [](void*) { never("a value"); });

    for (int i = 0; i < 4; i++) {
        pthread_t thread;
        pthread_create(&thread, nullptr, wait, nullptr);
        if (i % 2 == 0) {
            pthread_detach(thread);
        }
    }
    of_thread.text += "!";
    if (argc > 1) {
        throw std::runtime_error("nobody catches this");
    }
    *reinterpret_cast<volatile int*>(8) = 1;
    return 0;
}
