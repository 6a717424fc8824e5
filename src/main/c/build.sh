#!/bin/sh
# Compiles the gate. usage: build.sh OUTPUT.so; CC may name another compiler.
set -eu
here=$(dirname "$0")
architecture=$(uname -m)
[ -f "$here/gate_$architecture.S" ] || {
    echo "build.sh: the gate exists for x86_64 only, and this machine is $architecture" >&2
    exit 1
}
mkdir -p "$(dirname "$1")"
exec "${CC:-cc}" -std=gnu11 -O2 -Wall -Wextra -Werror -fPIC -fvisibility=hidden -ftls-model=initial-exec \
    -shared -Wl,-soname,libzircon.so -Wl,--build-id=none -Wl,-z,defs -I "$here/include" -I "$here" \
    -o "$1" "$here"/*.c "$here/gate_$architecture.S" -lpthread -ldl
