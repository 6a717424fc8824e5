// A program in C++: static initialization, the library's containers, a local static, and an exception of the language,
// which has nothing to do with those of the kernel.
#include "check.h"

#include <stdexcept>
#include <string>
#include <vector>
#include <zircon/process.h>

namespace {

// Owns a handle.
class Event {
  public:
    Event() { status_ = zx_event_create(0, &handle_); }
    ~Event() { zx_handle_close(handle_); }
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    zx_status_t status() const { return status_; }
    zx_handle_t get() const { return handle_; }

  private:
    zx_handle_t handle_ = ZX_HANDLE_INVALID;
    zx_status_t status_ = ZX_ERR_BAD_STATE;
};

const Event made_before_main;
const std::vector<std::string> words = {"made", "before", "main"};

int count_calls() {
    static int calls = 40;
    return ++calls;
}

void expect_ok(zx_status_t status) {
    if (status != ZX_OK) {
        throw std::runtime_error(zx_status_get_string(status));
    }
}

}  // namespace

int main() {
    CHECK_OK(made_before_main.status());
    CHECK_OK(zx_object_signal(made_before_main.get(), 0, ZX_EVENT_SIGNALED));
    CHECK_EQ(3, words.size());
    CHECK(words[0] + " " + words[1] + " " + words[2] == "made before main");
    CHECK_EQ(41, count_calls());
    CHECK_EQ(42, count_calls());

    std::string caught;
    try {
        expect_ok(zx_object_signal(ZX_HANDLE_INVALID, 0, ZX_EVENT_SIGNALED));
    } catch (const std::runtime_error& error) {
        caught = error.what();
    }
    CHECK(caught == "ZX_ERR_BAD_HANDLE");
    return CHECK_RESULT();
}
