package zircon.emulation.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// One syscall, from its entry to its return.
@Name("zircon.Syscall")
@Label("Zircon Syscall")
@Category("Zircon")
@StackTrace(false)
final class SyscallEvent extends Event {
    @Label("Call")
    @Description("Its name in C")
    String call = "";

    @Label("Process")
    @Description("The caller's process, by koid")
    long process;

    @Label("Thread")
    @Description("The caller, by koid")
    long thread;

    @Label("Result")
    @Description("The name of the status, or what else the call returns")
    String result = "";
}
