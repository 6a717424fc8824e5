package zircon.cli;

import zircon.ExceptionPacket;
import zircon.ExceptionPortType;
import zircon.ExceptionReport;
import zircon.GeneralRegisters;
import zircon.Koid;
import zircon.Resume;
import zircon.ThreadInfo;

import java.util.List;

/// What the calls of the demo said. Both of its outputs are made of this and of nothing else.
///
/// @param job in which all happened
/// @param handled the process whose fault was handled
/// @param unhandled how the process ended whose fault nobody handled
/// @param openHandles how many handles the demo has left open
record DemoFacts(Named job, Handled handled, Ending unhandled, int openHandles) {

    /// A kernel object.
    record Named(Koid koid, String name) {}

    /// All about the first process, in the order of the story.
    ///
    /// @param created the thread before its process was started
    /// @param repaired what the last handler wrote into rax: where a number lies
    record Handled(
            Named process,
            Named thread,
            ThreadInfo created,
            Guest guest,
            List<Binding> bindings,
            List<Asked> search,
            ExceptionReport report,
            GeneralRegisters registers,
            long repaired,
            Ending ending) {}

    /// The native code that the process runs.
    ///
    /// @param address where the function is
    /// @param factor the function's second argument
    /// @param started the thread once it waits for a message
    /// @param badAddress what the message says: where to load from
    record Guest(String function, long address, long factor, ThreadInfo started, long badAddress) {}

    /// A port in a slot of the process, the thread or the job.
    record Binding(ExceptionPortType slot, Koid port, long key) {}

    /// One turn of the search for a handler.
    ///
    /// @param waiting the thread, before the answer
    record Asked(ExceptionPacket packet, ThreadInfo waiting, Resume answer) {}

    /// How a process ended.
    ///
    /// @param said the numbers that came from it through its channel
    /// @param terminated whether it has its TERMINATED signal
    record Ending(Named process, List<Long> said, boolean terminated, long returnCode) {}
}
