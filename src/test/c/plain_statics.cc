// Objects of C++: static ones are destructed at exit, newest first, those of a thread at its end; an inline variable is
// the program's own in every run.
#include "check.h"

#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <unistd.h>

namespace {

char said[32];

struct Speaker {
    const char* text;
    explicit Speaker(const char* what) : text(what) {}
    ~Speaker() { std::strcat(said, text); }
};

Speaker first("1");
thread_local Speaker of_thread("t");

void* use(void*) {
    CHECK(of_thread.text[0] == 't');
    return nullptr;
}

}  // namespace

template <typename T>
struct Shared {
    static inline int runs = 0;
};

int& count_runs() {
    static Speaker local("2");
    return Shared<int>::runs;
}

// A destructor of the file comes after those of its objects.
__attribute__((destructor)) static void check() {
    CHECK(std::strcmp(said, "tt21") == 0);
    _exit(CHECK_RESULT());
}

int main() {
    CHECK_EQ(1, ++count_runs());
    pthread_t thread;
    CHECK_EQ(0, pthread_create(&thread, nullptr, use, nullptr));
    CHECK_EQ(0, pthread_join(thread, nullptr));
    CHECK(std::strcmp(said, "t") == 0);
    use(nullptr);
    std::exit(9);
}
