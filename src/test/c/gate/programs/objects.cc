// What order.c does, by objects and libc's list of destructors.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <zircon/syscalls.h>

// C++'s own library would use these functions, if it could.
template class std::basic_string<char>;

namespace {
struct Announced {
    zx_handle_t begin, end;
    Announced(zx_handle_t b, zx_handle_t e) : begin(b), end(e) { zx_handle_close(begin); }
    ~Announced() { zx_handle_close(end); }
};
Announced outer(1, 4);
Announced inner(2, 3);
} // namespace

int main(int argc, char** argv) {
    char text[64];
    zx_handle_close(100 + static_cast<zx_handle_t>(argc));
    int length = std::snprintf(text, sizeof text, "%s %s", argv[1], std::getenv("GATE_TEST"));
    zx_system_get_version(text, static_cast<size_t>(length) + 1);
    try {
        throw std::runtime_error("exceptions unwind on the guest's stack");
    } catch (const std::runtime_error&) {
        return 42;
    }
}
