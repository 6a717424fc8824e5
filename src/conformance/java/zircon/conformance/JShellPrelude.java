package zircon.conformance;

/// What stands before the calls of a program for jshell.
final class JShellPrelude {
    static final String TEXT =
            """
            // A program that random trials have found, made as small as it can be. Paste it into scripts/jshell.
            import static java.lang.foreign.ValueLayout.*;
            import static zircon.sys.zircon_h.*;
            import java.lang.foreign.*;
            import java.time.Duration;
            import zircon.emulation.HostEmulation;
            zircon.Job.defaultJob().orElseThrow().close(); // loads the library
            MemorySegment handles = Arena.global().allocate(2048), koids = Arena.global().allocate(4096);
            MemorySegment the_made = Arena.global().allocate(4, 4);
            long made() { return the_made.address(); }
            MemorySegment memory = Arena.global().allocate(4096, 16), packet = Arena.global().allocate(48, 8);
            int JUNK = -1, failures = 0;
            long FAULT = 0, SLEEP = zx_nanosleep$address().address(), EXIT = zx_thread_exit$address().address();
            long EXIT_PROCESS = zx_process_exit$address().address(), READ_PORT = zx_port_wait$address().address();
            long CLOSE = zx_handle_close$address().address(), CREATE_PORT = zx_port_create$address().address();
            int h(int i) { return handles.getAtIndex(JAVA_INT, i); }
            MemorySegment out(int i) { return handles.asSlice(4L * i, 4); }
            long koid(int i) { return koids.getAtIndex(JAVA_LONG, i); }
            MemorySegment packet() { return packet; }
            MemorySegment observed() { return memory; }
            MemorySegment name() { memory.setString(0, "conformance"); return memory; }
            MemorySegment text(String characters) { memory.setString(0, characters); return memory; }
            void rests(int thread, int state, int type) {}
            int thread_info(int thread) { return zx_object_get_info(thread, ZX_INFO_THREAD(), memory, 8, MemorySegment.NULL, MemorySegment.NULL); }
            long soon() { return zx_deadline_after(10_000_000_000L); }
            MemorySegment wild() { return MemorySegment.ofAddress(1); }
            MemorySegment nothing() { return MemorySegment.NULL; }
            MemorySegment buffer() { return memory; }
            long address() { return memory.address(); }
            MemorySegment buffer_with(long number) { memory.set(JAVA_LONG, 0, number); return memory; }
            MemorySegment items(int handle, int signals) { for (int i = 0; i < 17; i++) { memory.set(JAVA_INT, 12L * i, handle); memory.set(JAVA_INT, 12L * i + 4, signals); } return memory; }
            MemorySegment array(int handle) { memory.set(JAVA_INT, 0, handle); return memory; }
            long koid_of(int handle) { var info = Arena.global().allocate(32, 8); zx_object_get_info(handle, ZX_INFO_HANDLE_BASIC(), info, 32, MemorySegment.NULL, MemorySegment.NULL); return info.get(JAVA_LONG, 0); }
            void differs(int step, String what, long expected, long actual) { if (expected != actual) { failures++; System.out.printf("step %d: %s: expected %#x, got %#x%n", step, what, expected, actual); } }
            void check(int step, int actual, int expected) { if (actual != expected) { failures++; System.out.printf("step %d: expected %s, got %s%n", step, zx_status_get_string(expected).getString(0), zx_status_get_string(actual).getString(0)); } }
            void note(int i) { if (zx_object_get_info(h(i), ZX_INFO_HANDLE_BASIC(), memory, 32, MemorySegment.NULL, MemorySegment.NULL) == 0) koids.setAtIndex(JAVA_LONG, i, memory.get(JAVA_LONG, 0)); }
            void settle() throws InterruptedException { HostEmulation.instance().awaitQuiescence(Duration.ofSeconds(20)); }
            MemorySegment list(int... numbers) { var list = Arena.global().allocate(4L * numbers.length + 4); for (int i = 0; i < numbers.length; i++) list.setAtIndex(JAVA_INT, i, numbers[i]); return list; }
            int close_many(int count, int... all) { return zx_handle_close_many(list(all), count); }
            int write(int channel, int size, int count, int... all) { return zx_channel_write(channel, 0, memory, size, list(all), count); }
            int read(int channel, int options, int size, int count) { return zx_channel_read(channel, options, memory, memory.asSlice(1024), size, count, memory.asSlice(2048), memory.asSlice(2052)); }
            int wait_many(int signals, int count, int... all) { var items = Arena.global().allocate(12L * 32, 4); for (int i = 0; i < count; i++) { items.set(JAVA_INT, 12L * i, all[i]); items.set(JAVA_INT, 12L * i + 4, signals); } return zx_object_wait_many(items, count, ZX_TIME_INFINITE_PAST()); }
            int set_policy(int job, int options, int count, int... entries) { return zx_job_set_policy(job, options, ZX_JOB_POL_BASIC(), list(entries), count); }
            int queue(int port, long key, int count) { int status = 0; packet.fill((byte) 0); packet.set(JAVA_LONG, 0, key); for (int i = 0; i < count && status == 0; i++) status = zx_port_queue(port, packet); return status; }
            int process_create(int job, int options, MemorySegment process) { int status = zx_process_create(job, name(), 11, options, process, memory.asSlice(64)); if (status == 0) zx_handle_close(memory.get(JAVA_INT, 64)); return status; }
            int redirect(int thread, long pc, long argument, long second) { int kind = ZX_THREAD_STATE_GENERAL_REGS(); int status = zx_thread_read_state(thread, kind, memory, 144); if (status == 0) { memory.set(JAVA_LONG, 128, pc); memory.set(JAVA_LONG, 40, argument); memory.set(JAVA_LONG, 32, second); status = zx_thread_write_state(thread, kind, memory, 144); } return status; }
            void packet_is(int step, long key, long type, long status, long first, long second) { differs(step, "key", key, packet.get(JAVA_LONG, 0)); differs(step, "type", type, packet.get(JAVA_INT, 8)); differs(step, "status", status, packet.get(JAVA_INT, 12)); differs(step, "first word", first, packet.get(JAVA_LONG, 16)); differs(step, "second word", second, packet.get(JAVA_LONG, 24)); }
            void port_made(int step, int expected) { differs(step, "a guest made a port", expected, the_made.get(JAVA_INT, 0) != 0 ? 1 : 0); the_made.set(JAVA_INT, 0, 0); }
            void name_is(int step, int task, String expected) { zx_object_get_property(task, ZX_PROP_NAME(), memory, 32); String name = memory.getString(0); if (!name.equals(expected)) { failures++; System.out.printf("step %d: name: expected '%s', got '%s'%n", step, expected, name); } }
            void signals_are(int step, int handle, int expected) { zx_object_wait_one(handle, 0, ZX_TIME_INFINITE_PAST(), memory); differs(step, "signals", expected, memory.get(JAVA_INT, 0)); }
            void process_is(int step, int process, int started, int exited, int debugger, long code) { check(step, zx_object_get_info(process, ZX_INFO_PROCESS(), memory, 16, MemorySegment.NULL, MemorySegment.NULL), 0); differs(step, "started", started, memory.get(JAVA_BYTE, 8)); differs(step, "exited", exited, memory.get(JAVA_BYTE, 9)); differs(step, "debugger attached", debugger, memory.get(JAVA_BYTE, 10)); differs(step, "return code", code, memory.get(JAVA_LONG, 0)); }
            void thread_is(int step, int thread, int state, int type) { check(step, zx_object_get_info(thread, ZX_INFO_THREAD(), memory, 8, MemorySegment.NULL, MemorySegment.NULL), 0); differs(step, "state", state, memory.get(JAVA_INT, 0)); differs(step, "type of the port that it waits for", type, memory.get(JAVA_INT, 4)); }
            void ended() { System.out.println(failures == 0 ? "as the specification says" : failures + " differences"); }
            check(0, zx_job_create(zx_job_default(), 0, out(0)), ZX_OK());
            note(0);
            """;

    private JShellPrelude() {}
}
