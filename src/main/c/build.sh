#!/bin/sh
# Compiles the gate. usage: build.sh OUTPUT.so; CC may name another compiler, SANITIZERS those of -fsanitize.
set -eu
export LC_ALL=C # the order of the files is the linker's, and the same everywhere
here=$(dirname "$0")
architecture=$(uname -m)
[ -f "$here/gate_$architecture.S" ] || {
    echo "build.sh: the gate exists for x86_64 only, and this machine is $architecture" >&2
    exit 1
}
mkdir -p "$(dirname "$1")"
# The functions of a sanitizer come from the program that loads the gate.
checks=-Wl,-z,defs
[ -z "${SANITIZERS:-}" ] || checks="-g -fno-omit-frame-pointer -fsanitize=$SANITIZERS -fno-sanitize-recover=all"
# nodelete: signal handlers and thread ends lead into the gate for as long as the process lives.
# prefix-map: nothing tells where it was built.
# Bsymbolic: a call of its own function stays inside the gate, also where a second gate was loaded first.
exec "${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fPIC -fvisibility=hidden -ftls-model=initial-exec \
    -shared -Wl,-soname,libzircon.so -Wl,--build-id=none -Wl,-z,nodelete -Wl,-Bsymbolic-functions \
    $checks -I "$here/include" -I "$here" "-ffile-prefix-map=$here=src/main/c" \
    -o "$1" "$here"/*.c "$here/gate_$architecture.S" -lpthread -ldl
