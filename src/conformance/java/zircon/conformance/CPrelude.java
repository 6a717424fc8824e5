package zircon.conformance;

/// What stands before and after the calls of a program in C; they come in the place of a comment.
final class CPrelude {
    static final String TEXT =
            """
            // A program that random trials have found, made as small as it can be. Build it with
            //     cc -shared -fPIC -I src/main/c/include program.c -o program.so
            // and run it with `zx run program.so`: it returns 0 if the library does what the specification says.
            #include <stdio.h>
            #include <string.h>

            #include <zircon/process.h>
            #include <zircon/status.h>
            #include <zircon/syscalls.h>
            #include <zircon/syscalls/debug.h>
            #include <zircon/syscalls/exception.h>
            #include <zircon/syscalls/object.h>
            #include <zircon/syscalls/policy.h>
            #include <zircon/syscalls/port.h>
            #include <zircon/time.h>

            #define MOST_HANDLES 512
            #define JUNK 0xffffffffu
            #define FAULT 0
            #define SLEEP ((uintptr_t)zx_nanosleep)
            #define EXIT ((uintptr_t)zx_thread_exit)
            #define EXIT_PROCESS ((uintptr_t)zx_process_exit)
            #define READ_PORT ((uintptr_t)zx_port_wait)
            #define CLOSE ((uintptr_t)zx_handle_close)
            #define CREATE_PORT ((uintptr_t)zx_port_create)
            #define h(i) handles[i]
            #define out(i) (&handles[i])
            #define koid(i) koids[i]
            #define packet() (&the_packet)
            #define observed() (&the_observed)
            #define made() ((uintptr_t)&the_made)
            #define name() "conformance"
            #define text(characters) characters
            #define soon() zx_deadline_after(ZX_SEC(10))

            #define wild() ((void*)1)
            #define nothing() NULL
            #define buffer() ((void*)memory)
            #define address() ((uintptr_t)memory)

            static uint64_t memory[512] __attribute__((aligned(16)));
            static zx_handle_t handles[MOST_HANDLES];
            static zx_koid_t koids[MOST_HANDLES];
            static zx_port_packet_t the_packet;
            static zx_signals_t the_observed;
            static volatile zx_handle_t the_made;
            static int failures;

            static void differs(int step, const char* what, long long expected, long long actual) {
                if (expected != actual) {
                    printf("step %d: %s: expected %#llx, got %#llx\\n", step, what, expected, actual);
                    failures++;
                }
            }

            static void check(int step, zx_status_t actual, zx_status_t expected) {
                if (actual != expected) {
                    printf("step %d: expected %s, got %s\\n", step, zx_status_get_string(expected), zx_status_get_string(actual));
                    failures++;
                }
            }

            static void note(int i) {
                zx_info_handle_basic_t info;
                if (zx_object_get_info(h(i), ZX_INFO_HANDLE_BASIC, &info, sizeof info, NULL, NULL) == ZX_OK) {
                    koids[i] = info.koid;
                }
            }

            // Lets other threads come to rest.
            static inline void settle(void) {
                zx_nanosleep(zx_deadline_after(ZX_MSEC(30)));
            }

            static inline void* buffer_with(uint64_t number) {
                memory[0] = number;
                return memory;
            }

            static inline void* items(zx_handle_t handle, zx_signals_t signals) {
                for (int i = 0; i < 17; i++) {
                    ((zx_wait_item_t*)memory)[i] = (zx_wait_item_t){handle, signals, 0};
                }
                return memory;
            }

            static inline void* array(zx_handle_t handle) {
                memcpy(memory, &handle, sizeof handle);
                return memory;
            }

            static inline zx_koid_t koid_of(zx_handle_t handle) {
                zx_info_handle_basic_t info = {0};
                zx_object_get_info(handle, ZX_INFO_HANDLE_BASIC, &info, sizeof info, NULL, NULL);
                return info.koid;
            }

            // Waits until the thread is where it must come to, or for ten seconds.
            static inline void rests(zx_handle_t thread, uint32_t state, uint32_t type) {
                zx_info_thread_t info = {0};
                for (int i = 0; i < 10000; i++) {
                    zx_object_get_info(thread, ZX_INFO_THREAD, &info, sizeof info, NULL, NULL);
                    if (info.state == state && info.wait_exception_port_type == type) {
                        return;
                    }
                    zx_nanosleep(zx_deadline_after(ZX_MSEC(1)));
                }
            }

            #define LIST(n, ...) zx_handle_t list[] = {0, ##__VA_ARGS__}
            #define close_many(n, ...) ({ LIST(n, ##__VA_ARGS__); zx_handle_close_many(list + 1, n); })
            #define write(channel, size, n, ...)                              \\
                ({                                                            \\
                    LIST(n, ##__VA_ARGS__);                                   \\
                    zx_channel_write(channel, 0, "1234567", size, list + 1, n); \\
                })
            #define set_policy(job, options, n, ...)                                         \\
                ({                                                                           \\
                    uint32_t entries[] = {0, ##__VA_ARGS__};                                 \\
                    zx_job_set_policy(job, options, ZX_JOB_POL_BASIC, entries + 1, n);        \\
                })
            #define wait_many(signals, n, ...)                                       \\
                ({                                                                   \\
                    LIST(n, ##__VA_ARGS__);                                          \\
                    zx_wait_item_t items[32];                                        \\
                    for (int i = 0; i < n; i++) {                                    \\
                        items[i] = (zx_wait_item_t){list[i + 1], signals, 0};        \\
                    }                                                                \\
                    zx_object_wait_many(items, n, ZX_TIME_INFINITE_PAST);            \\
                })

            static inline zx_status_t queue(zx_handle_t port, uint64_t key, int count) {
                zx_status_t status = ZX_OK;
                zx_port_packet_t user = {.key = key};
                for (int i = 0; i < count && status == ZX_OK; i++) {
                    status = zx_port_queue(port, &user);
                }
                return status;
            }

            static inline zx_status_t read(zx_handle_t channel, uint32_t options, uint32_t size, uint32_t count) {
                char bytes[64];
                zx_handle_t sent[64];
                uint32_t actual_size;
                uint32_t actual_count;
                // A handle that comes back has the number that it had.
                return zx_channel_read(channel, options, bytes, sent, size, count, &actual_size, &actual_count);
            }

            static inline zx_status_t process_create(zx_handle_t job, uint32_t options, zx_handle_t* process) {
                zx_handle_t vmar;
                zx_status_t status = zx_process_create(job, name(), 11, options, process, &vmar);
                if (status == ZX_OK) {
                    zx_handle_close(vmar);
                }
                return status;
            }

            static inline zx_status_t redirect(zx_handle_t thread, uintptr_t pc, uint64_t argument, uint64_t second) {
                zx_thread_state_general_regs_t regs;
                zx_status_t status = zx_thread_read_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &regs, sizeof regs);
                if (status == ZX_OK) {
                    regs.rip = pc;
                    regs.rdi = argument;
                    regs.rsi = second;
                    status = zx_thread_write_state(thread, ZX_THREAD_STATE_GENERAL_REGS, &regs, sizeof regs);
                }
                return status;
            }

            // For its time: what it sees depends on how far the thread has come.
            static inline zx_status_t thread_info(zx_handle_t thread) {
                zx_info_thread_t info;
                return zx_object_get_info(thread, ZX_INFO_THREAD, &info, sizeof info, NULL, NULL);
            }

            static inline void packet_is(int step, uint64_t key, uint32_t type, zx_status_t status, uint64_t first, uint64_t second) {
                differs(step, "key", (long long)key, (long long)the_packet.key);
                differs(step, "type", type, the_packet.type);
                differs(step, "status", status, the_packet.status);
                differs(step, "first word", (long long)first, (long long)the_packet.user.u64[0]);
                differs(step, "second word", (long long)second, (long long)the_packet.user.u64[1]);
            }

            static inline void port_made(int step, int expected) {
                differs(step, "a guest made a port", expected, the_made != 0);
                the_made = 0;
            }

            static inline void name_is(int step, zx_handle_t task, const char* expected) {
                char name[ZX_MAX_NAME_LEN] = "";
                zx_object_get_property(task, ZX_PROP_NAME, name, sizeof name);
                if (strcmp(name, expected) != 0) {
                    printf("step %d: name: expected '%s', got '%s'\\n", step, expected, name);
                    failures++;
                }
            }

            static inline void signals_are(int step, zx_handle_t handle, zx_signals_t expected) {
                zx_signals_t signals = 0;
                zx_object_wait_one(handle, 0, ZX_TIME_INFINITE_PAST, &signals);
                differs(step, "signals", expected, signals);
            }

            static inline void process_is(int step, zx_handle_t process, int started, int exited, int debugger, int64_t code) {
                zx_info_process_t info;
                check(step, zx_object_get_info(process, ZX_INFO_PROCESS, &info, sizeof info, NULL, NULL), ZX_OK);
                differs(step, "started", started, info.started);
                differs(step, "exited", exited, info.exited);
                differs(step, "debugger attached", debugger, info.debugger_attached);
                differs(step, "return code", code, info.return_code);
            }

            static inline void thread_is(int step, zx_handle_t thread, uint32_t state, uint32_t type) {
                zx_info_thread_t info;
                check(step, zx_object_get_info(thread, ZX_INFO_THREAD, &info, sizeof info, NULL, NULL), ZX_OK);
                differs(step, "state", state, info.state);
                differs(step, "type of the port that it waits for", type, info.wait_exception_port_type);
            }

            int main(void) {
                check(0, zx_job_create(zx_job_default(), 0, out(0)), ZX_OK);
                note(0);
                /* steps */
                return failures != 0;
            }
            """;

    private CPrelude() {}
}
