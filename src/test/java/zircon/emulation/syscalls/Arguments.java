package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import zircon.emulation.kernel.JobDispatcher;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The arguments of a syscall by name, in a kernel of their own.
final class Arguments {
    /// A number that is no handle.
    static final int BAD = 12345;

    /// All the rights that a handle can have.
    static final int ALL = 0x7fff_ffff;

    final TestSyscalls zx = new TestSyscalls();
    private final Map<String, Long> values = new HashMap<>();
    private final Set<String> puts = new HashSet<>();
    private Caller caller = zx.caller;

    void put(String argument, long value) {
        values.put(argument, value);
        puts.add(argument);
    }

    /// 0 if nothing was put.
    long l(String argument) {
        return values.getOrDefault(argument, 0L);
    }

    int i(String argument) {
        return (int) l(argument);
    }

    Caller caller() {
        return caller;
    }

    Set<String> puts() {
        return puts;
    }

    void forgetPuts() {
        puts.clear();
    }

    /// A handle to the same object with exactly these rights, more than a program could get.
    int handle(int to, int rights) {
        return zx.test.locked(
                () ->
                        zx.caller
                                .table()
                                .valueOf(
                                        zx.caller.own(
                                                zx.kernel
                                                        .handles()
                                                        .make(zx.find(to).object(), rights))));
    }

    /// Lets a process make the call whose policy denies this.
    void deny(int condition) {
        int job = zx.job();
        long policy = zx.memory.ints(condition, 1);
        assertThat(zx.jobs.jobSetPolicy(zx.caller, job, 1, 0, policy, 1)).isZero();
        JobDispatcher object = zx.object(job, JobDispatcher.class);
        caller = zx.caller(zx.test.spawn(object, zx.test.sleeper()).thread());
        put("caller", 1);
    }

    /// Makes the allocation fail that is to.
    void arm() {
        zx.test.locked(() -> zx.kernel.faults().failAllocation(i("allocation that fails")));
    }

    /// Ends the guests that were made on the way.
    void end() {
        zx.kernel.guests().killAll();
        zx.test.quiesce();
    }
}
