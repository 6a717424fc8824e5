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
# nodelete: signal handlers and thread ends lead into the gate for as long as the process lives.
# Bsymbolic: a call of its own function stays inside the gate, also where a second gate was loaded first.
exec "${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fPIC -fvisibility=hidden -ftls-model=initial-exec \
    -shared -Wl,-soname,libzircon.so -Wl,--build-id=none -Wl,-z,defs,-z,nodelete -Wl,-Bsymbolic-functions \
    -I "$here/include" -I "$here" \
    -o "$1" "$here"/*.c "$here/gate_$architecture.S" -lpthread -ldl
