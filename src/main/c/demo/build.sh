#!/bin/sh
# Compiles the demo's guest, as the README says that any guest is compiled. usage: build.sh OUTPUT.so; CC may name
# another compiler.
set -eu
here=$(dirname "$0")
mkdir -p "$(dirname "$1")"
exec "${CC:-cc}" -std=gnu11 -O2 -Wall -Wextra -Werror -shared -fPIC -Wl,--build-id=none -I "$here/../include" \
    -o "$1" "$here/guest.c"
