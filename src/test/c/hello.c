// Prints its arguments, the even ones to stdout and the odd ones to stderr, and returns how many there were.
#include <stdio.h>

int main(int argc, char** argv) {
    for (int i = 1; i < argc; i++) {
        fprintf(i % 2 == 1 ? stderr : stdout, "argument %d: %s\n", i, argv[i]);
    }
    printf("hello from a guest\n");
    return argc - 1;
}
