package zircon.cli;

import static zircon.ExceptionPortType.Known.DEBUGGER;
import static zircon.ExceptionPortType.Known.JOB;
import static zircon.ExceptionPortType.Known.PROCESS;
import static zircon.ExceptionPortType.Known.THREAD;

import zircon.ExceptionPacket;
import zircon.ExceptionPortKind;
import zircon.ExceptionPortType;
import zircon.Job;
import zircon.Port;
import zircon.PortPacket;
import zircon.Resume;
import zircon.ThreadInfo;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.cli.DemoFacts.Asked;
import zircon.cli.DemoFacts.Binding;

import java.util.ArrayList;
import java.util.List;

/// Everybody whom the demo's first process could turn to: a debugger with a port of its own, and
/// one port for all others, who are told apart by their keys.
final class DemoHandlers implements AutoCloseable {
    private final Port debugger;
    private final Port handlers;

    private DemoHandlers(Port debugger, Port handlers) {
        this.debugger = debugger;
        this.handlers = handlers;
    }

    static DemoHandlers create() {
        return new DemoHandlers(Port.create().orElseThrow(), Port.create().orElseThrow());
    }

    /// Fills every slot, in another order than the one in which they are asked.
    List<Binding> bind(Job job, ZxProcess process, ZxThread thread) {
        List<Binding> bindings = new ArrayList<>();
        thread.bindExceptionPort(handlers, 1).orElseThrow();
        bindings.add(binding(THREAD, 1));
        process.bindExceptionPort(handlers, 2).orElseThrow();
        bindings.add(binding(PROCESS, 2));
        job.bindExceptionPort(handlers, 3).orElseThrow();
        bindings.add(binding(JOB, 3));
        process.bindExceptionPort(debugger, 4, ExceptionPortKind.DEBUGGER).orElseThrow();
        bindings.add(binding(DEBUGGER, 4));
        return bindings;
    }

    private Binding binding(ExceptionPortType slot, long key) {
        return new Binding(slot, port(slot).koid().orElseThrow(), key);
    }

    private Port port(ExceptionPortType slot) {
        return slot == DEBUGGER ? debugger : handlers;
    }

    /// Waits until whoever is in `slot` is asked; `answer` is what the thread will get from there.
    Asked asked(ExceptionPortType slot, ZxThread thread, Resume answer) {
        PortPacket packet = port(slot).waitFor(Demo.soon()).orElseThrow();
        if (!(packet instanceof ExceptionPacket exception)) {
            throw new IllegalStateException("not a packet about an exception: " + packet);
        }
        ThreadInfo waiting = thread.info().orElseThrow();
        return new Asked(exception, waiting, answer);
    }

    void answer(ExceptionPortType slot, ZxThread thread, Resume answer) {
        thread.resumeFromException(port(slot), answer).orElseThrow();
    }

    /// Closes the ports, which unbinds them everywhere.
    @Override
    public void close() {
        debugger.close();
        handlers.close();
    }
}
