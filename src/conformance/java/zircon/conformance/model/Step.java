package zircon.conformance.model;

import java.util.List;

/// One syscall of a program. Handles are variables, numbered in the order in which they are made: a
/// call that makes a handle always takes the next number, which names nothing if the call fails.
public sealed interface Step {
    /// In the place of a variable: ZX_HANDLE_INVALID.
    int NONE = -1;

    /// In the place of a variable: a number that was never a handle (H-1).
    int JUNK = -2;

    /// Of each new process and thread.
    String NAME = "conformance";

    /// With which a thread ends its process.
    long EXIT_CODE = 7;

    /// What a thread does whenever it runs.
    enum Goes {
        /// Jumps to where nothing is.
        FAULT,
        SLEEP,
        EXIT,
        EXIT_PROCESS,
        /// Reads the port that its process was given, once there is a packet, and exits.
        READ_PORT,
        /// Closes the handle that its process was given, and exits. A thread that does not know
        /// that handle closes what is none.
        CLOSE,
        /// Calls zx_port_create(), in vain if its process was given a handle that it knows, and
        /// exits.
        CREATE_PORT
    }

    /// The handles that it makes, if it succeeds.
    default int makes() {
        return 0;
    }

    /// Makes one handle.
    sealed interface MakesOne extends Step {
        @Override
        default int makes() {
            return 1;
        }
    }

    /// Makes two handles.
    sealed interface MakesTwo extends Step {
        @Override
        default int makes() {
            return 2;
        }
    }

    record PortCreate(int options) implements MakesOne {}

    record EventCreate(int options) implements MakesOne {}

    record EventPairCreate(int options) implements MakesTwo {}

    record ChannelCreate(int options) implements MakesTwo {}

    record Close(int handle) implements Step {}

    record CloseMany(List<Integer> handles) implements Step {}

    record Duplicate(int handle, int rights) implements MakesOne {}

    record Replace(int handle, int rights) implements MakesOne {}

    record Signal(int handle, int clear, int set) implements Step {}

    record SignalPeer(int handle, int clear, int set) implements Step {}

    /// With a deadline that is past.
    record WaitOne(int handle, int signals) implements Step {}

    /// With a deadline that is past, all for the same signals.
    record WaitMany(List<Integer> handles, int signals) implements Step {}

    record WaitAsync(int handle, int port, long key, int signals, int options) implements Step {}

    record SetName(int handle, String name) implements Step {}

    /// Queues this many equal packets.
    record PortQueue(int port, long key, int count) implements Step {}

    /// With a deadline that is past.
    record PortWait(int port) implements Step {}

    record PortCancel(int port, int source, long key) implements Step {}

    record ChannelWrite(int channel, int bytes, List<Integer> handles) implements Step {}

    record ChannelRead(int channel, int options, int bytes, int handles) implements Step {}

    record JobCreate(int parent, int options) implements MakesOne {}

    /// For one condition, or for NEW_ANY.
    record Policy(int condition, int action) {}

    record SetPolicy(int job, int options, List<Policy> policies) implements Step {}

    record ProcessCreate(int job, int options) implements MakesOne {}

    record ThreadCreate(int process, int options) implements MakesOne {}

    record ProcessStart(int process, int thread, Goes goes, int argument) implements Step {}

    record ThreadStart(int thread, Goes goes) implements Step {}

    /// The child is that whose koid the variable's object has.
    record GetChild(int handle, int child, int rights) implements MakesOne {}

    record Kill(int task) implements Step {}

    record Suspend(int task) implements MakesOne {}

    record Bind(int task, int port, long key, int options) implements Step {}

    record Resume(int thread, int port, int options) implements Step {}

    /// Reads the general registers and writes them back, with which the thread then goes elsewhere.
    record Redirect(int thread, Goes goes) implements Step {}

    /// What a thread does, and for whose answer it waits.
    record ThreadInfo(int thread) implements Step {}
}
