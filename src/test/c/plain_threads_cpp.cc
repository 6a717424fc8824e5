// Threads of C++: each is a thread of the process, as those of C are.
#include "check.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>
#include <zircon/process.h>

namespace {

size_t count_threads() {
    size_t available = 0;
    CHECK_OK(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_THREADS, nullptr, 0, nullptr, &available));
    return available;
}

}  // namespace

int main() {
    std::mutex lock;
    std::condition_variable changed;
    int counter = 0;
    bool go_on = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 5; i++) {
        threads.emplace_back([&, i] {
            std::unique_lock<std::mutex> hold(lock);
            counter += i;
            changed.notify_all();
            changed.wait(hold, [&] { return go_on; });
        });
    }
    {
        std::unique_lock<std::mutex> hold(lock);
        changed.wait(hold, [&] { return counter == 10; });
        CHECK_EQ(6, count_threads());
        go_on = true;
        changed.notify_all();
    }
    for (std::thread& thread : threads) {
        CHECK(thread.get_id() != std::this_thread::get_id());
        thread.join();
        CHECK(!thread.joinable());
    }
    CHECK_EQ(1, count_threads());

    CHECK_EQ(42, std::async(std::launch::async, [] { return 42; }).get());

    std::atomic<bool> done{false};
    std::thread([&] { done = true; }).detach();
    while (!done) {
        std::this_thread::yield();
    }
    return CHECK_RESULT();
}
