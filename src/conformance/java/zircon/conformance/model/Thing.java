package zircon.conformance.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An object of the kernel. Its fields change only inside [Model#take], on a copy that nobody else
/// has seen; its lists never change.
abstract sealed class Thing implements Cloneable {
    final int id;
    final Type type;

    /// The number of the object that related_koid names, 0 if none does (I-7).
    final int related;

    /// Handles to it, wherever they are (C-6).
    int handles;

    int signals;

    String name = "";

    /// The newest first (W-7).
    List<Wait> waits = List.of();

    Thing(int id, Type type, int related, int signals) {
        this.id = id;
        this.type = type;
        this.related = related;
        this.signals = signals;
    }

    Thing copy() {
        try {
            return (Thing) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// All that can make a difference later, but the phases of packets.
    String digest() {
        String common = "%d %x %d %s".formatted(id, signals, handles, waits);
        return common
                + switch (this) {
                    case Port port ->
                            port.queue.stream()
                                    .map(p -> List.of(p.key(), p.type(), p.a(), p.b(), p.waitId()))
                                    .toList();
                    case Event _, Token _ -> "";
                    case End end -> List.of(end.peerGone, end.messages);
                    case JobTask job -> job.slots() + job.killed + job.policy;
                    case ProcessTask process ->
                            process.slots()
                                    + List.of(
                                            process.life,
                                            process.returnCode,
                                            process.suspends,
                                            process.threads,
                                            process.owned);
                    case ThreadTask thread ->
                            thread.slots()
                                    + List.of(
                                            thread.stage,
                                            thread.goes,
                                            thread.knows,
                                            thread.calls,
                                            thread.blocks,
                                            thread.exception,
                                            thread.killed,
                                            thread.exited,
                                            thread.suspends,
                                            thread.suspended,
                                            thread.leaves,
                                            thread.place)
                                    + thread.exchange;
                };
    }

    /// An asynchronous wait, begun through one handle.
    record Wait(
            int id, int handle, int port, long key, int signals, boolean repeating, int count) {}

    /// A packet.
    ///
    /// @param type what is in the packet's field
    /// @param a of an exception the process, of a signal the trigger
    /// @param b of an exception the thread, of a signal what was observed
    /// @param waitId which wait it comes from, 0 if from none
    /// @param handle through which that was begun
    /// @param phase the step in which it was queued
    /// @param actor the thread that queued it, 0 if the step's call itself did
    record Packet(
            long key,
            int type,
            int a,
            int b,
            int count,
            int waitId,
            int handle,
            int phase,
            int actor) {
        static final int USER = 0;
        static final int ONCE = 1;
        static final int REPEATING = 2;

        boolean isException() {
            return (type & 0xff) == 8;
        }
    }

    /// A message; its handles are variables.
    record Message(int bytes, List<Integer> handles) {}

    /// A filled exception slot: `serial` tells which binding is the newer.
    record Bound(int serial, int port, long key) {}

    enum Answer {
        NONE,
        HANDLED,
        TRY_NEXT,
        /// Its binding was removed, which is as good as TRY_NEXT (B-9).
        UNBOUND
    }

    /// One exchange with one handler.
    ///
    /// @param portType the number of ZX_EXCEPTION_PORT_TYPE
    record Exchange(int exception, int portType, Bound bound, Answer answer) {
        Exchange answered(Answer now) {
            return new Exchange(exception, portType, bound, now);
        }
    }

    static final class Port extends Thing {
        /// The oldest first (P-1).
        List<Packet> queue = List.of();

        Port(int id) {
            super(id, Type.PORT, 0, 0);
        }
    }

    static final class Event extends Thing {
        Event(int id) {
            super(id, Type.EVENT, 0, 0);
        }
    }

    static final class Token extends Thing {
        final int task;

        Token(int id, int task) {
            super(id, Type.SUSPEND_TOKEN, 0, 0);
            this.task = task;
        }
    }

    /// An end of a channel or of an eventpair.
    static final class End extends Thing {
        boolean peerGone;
        List<Message> messages = List.of();

        End(int id, Type type, int peer) {
            super(id, type, peer, type == Type.CHANNEL ? Bits.WRITABLE : 0);
        }
    }

    /// What has exception slots (B-1).
    abstract static sealed class Task extends Thing {
        @Nullable Bound general;
        @Nullable Bound debugger;

        Task(int id, Type type, int related, int signals) {
            super(id, type, related, signals);
        }

        @Nullable Bound slot(boolean ofDebugger) {
            return ofDebugger ? debugger : general;
        }

        final String slots() {
            return " " + general + debugger;
        }

        void fill(boolean ofDebugger, @Nullable Bound bound) {
            if (ofDebugger) {
                debugger = bound;
            } else {
                general = bound;
            }
        }
    }

    static final class JobTask extends Task {
        final int height;
        boolean killed;

        /// Actions by condition (J-9).
        Map<Integer, Integer> policy;

        JobTask(int id, int parent, int height, Map<Integer, Integer> policy) {
            super(id, Type.JOB, parent, Bits.NO_PROCESSES | Bits.NO_JOBS); // J-4, J-5
            this.height = height;
            this.policy = policy;
        }
    }

    static final class ProcessTask extends Task {
        ///
        enum Life {
            INITIAL,
            RUNNING,
            DYING,
            DEAD
        }

        Life life = Life.INITIAL;
        long returnCode;
        int suspends;

        /// A copy of the job's (J-8).
        final Map<Integer, Integer> policy;

        /// Started and not dead, in the order of their start.
        List<Integer> threads = List.of();

        /// The variables whose handles it has now.
        List<Integer> owned = List.of();

        ProcessTask(int id, int job, Map<Integer, Integer> policy) {
            super(id, Type.PROCESS, job, 0);
            this.policy = policy;
            name = Step.NAME;
        }

        /// Whether what it does is refused (J-11).
        boolean denies(int condition) {
            return (policy.getOrDefault(condition, 0) & Bits.DENY) != 0;
        }

        /// Whether what it does raises an exception (J-11).
        boolean raises(int condition) {
            return (policy.getOrDefault(condition, 0) & Bits.RAISE) != 0;
        }

        boolean ends() {
            return life == Life.DYING || life == Life.DEAD;
        }
    }

    static final class ThreadTask extends Task {
        /// How far it has come.
        enum Stage {
            NEW,
            PROCESS_STARTING,
            THREAD_STARTING,
            USER,
            EXITING,
            DEAD
        }

        Stage stage = Stage.NEW;
        Step.Goes goes = Step.Goes.FAULT;

        /// The variable of the handle that it knows, [Step#JUNK] if of none.
        int knows = Step.JUNK;

        /// Has begun a call that has had no effect yet: a suspension finds it too late (S-3).
        boolean calls;

        /// Is inside a call that does not return yet (C-4).
        boolean blocks;

        /// The exception of the search that it is in.
        int exception = Bits.PAGE_FAULT;

        /// It was killed, and ends at its next boundary (T-3).
        boolean killed;

        /// It called thread_exit (T-2).
        boolean exited;

        /// Its own tokens (T-5).
        int suspends;

        boolean suspended;

        /// Its exit has been told.
        boolean leaves;

        /// How many slots of the search for a general exception have been passed, -1 if it is in
        /// none.
        int place = -1;

        @Nullable Exchange exchange;

        ThreadTask(int id, int process) {
            super(id, Type.THREAD, process, 0);
            name = Step.NAME;
        }

        boolean isDying() {
            return (killed || exited) && stage != Stage.DEAD;
        }

        boolean isStarted() {
            return stage != Stage.NEW && stage != Stage.DEAD;
        }

        /// Whether it is stopped inside a call, or at the end of one.
        boolean isInCall() {
            return blocks || (exchange != null && exchange.exception() == Bits.POLICY_ERROR);
        }

        /// Whether its general registers can be had: it has come from user code (I-2).
        boolean hasFrame() {
            return exchange == null ? suspended : isGeneral(exchange.exception());
        }

        /// Whether it is offered to all handlers.
        static boolean isGeneral(int exception) {
            return exception == Bits.PAGE_FAULT || exception == Bits.POLICY_ERROR;
        }

        /// Section 10.
        int state() {
            if (stage == Stage.NEW) {
                return Bits.STATE_NEW;
            } else if (stage == Stage.DEAD) {
                return Bits.STATE_DEAD;
            } else if (isDying()) {
                return Bits.STATE_DYING;
            } else if (exchange != null || place > 0) { // between two handlers
                return Bits.STATE_EXCEPTION;
            } else if (suspended) {
                return Bits.STATE_SUSPENDED;
            } else {
                return !blocks
                        ? Bits.STATE_RUNNING
                        : goes == Step.Goes.SLEEP ? Bits.STATE_SLEEPING : Bits.STATE_PORT;
            }
        }
    }

    static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    static <T> List<T> minus(List<T> list, T one) {
        List<T> shorter = new ArrayList<>(list);
        shorter.remove(one);
        return List.copyOf(shorter);
    }
}
