#!/bin/sh
# Compiles this libzircon. usage: build.sh OUTPUT.so [-DDEVIATION=NAME]; the names are in other.h.
set -eu
here=$(dirname "$0")
output=$1
shift
mkdir -p "$(dirname "$output")"
exec cc -std=gnu2x -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden -Wl,-z,defs -Wl,-soname,libzircon.so \
    -I "$here/../../../main/c/include" "$@" -o "$output" "$here"/*.c -lpthread
