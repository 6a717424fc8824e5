// The one function by which a gate that is loaded already is known.
const char* zx_host_gate_path(void);

const char* zx_host_gate_path(void) {
    return "/first/libzircon.so";
}
