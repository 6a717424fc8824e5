#!/bin/sh
# Compiles what the benchmarks load. usage: build.sh FOLDER; TOOLCHAIN_JAVA_HOME names the JDK whose jni.h is used.
set -eu
here=$(dirname "$0")
include=$here/../../../main/c/include
jdk=${TOOLCHAIN_JAVA_HOME:?run this through Maven}
mkdir -p "$1"

compile() {
    cc -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fPIC -shared -I "$include" "$@"
}

# The null libzircon: the fake of the wrapper's tests, which records nothing until it is told to.
compile -Wl,-soname,libzircon.so -o "$1/libzircon.so" "$here"/../fake/recorder.c "$here"/../fake/syscalls.c
# Linked by name: it calls whichever libzircon is loaded already, the gate or that one.
compile -I "$jdk/include" -I "$jdk/include/linux" -o "$1/libbench.so" "$here"/peers.c "$here"/floors.c -L "$1" -lzircon
# Not linked: a guest finds its calls as every guest does.
compile -o "$1/guest.so" "$here"/guest.c
compile -o "$1/empty.so" "$here"/empty.c
