// exit() calls what was registered, the newest first, also what is registered meanwhile; then the destructors.
#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char said[32];

static void say(const char* text) { strcat(said, text); }
static void first(void) { say("1"); }
static void third(void) { say("3"); }
static void second(void) {
    say("2");
    atexit(third);
}
static void with_status(int status, void* argument) {
    CHECK_EQ(7, status);
    say(argument);
}

__attribute__((destructor)) static void destruct(void) {
    say("d");
    exit(7); // goes on where it was
}

__attribute__((destructor(101))) static void destruct_last(void) {
    say("D");
    CHECK(strcmp(said, "s231dD") == 0);
    _exit(CHECK_RESULT());
}

static void ignore(void) {}

int main(void) {
    CHECK_EQ(0, pthread_atfork(ignore, ignore, ignore));
    CHECK_EQ(0, atexit(first));
    CHECK_EQ(0, atexit(second));
    CHECK_EQ(0, on_exit(with_status, "s"));
    return 7;
}
