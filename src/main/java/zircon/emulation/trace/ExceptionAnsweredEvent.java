package zircon.emulation.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A thread left its exchange with a handler. The event lasts as long as the exchange did.
@Name("zircon.ExceptionAnswered")
@Label("Zircon Exception Answered")
@Category("Zircon")
@StackTrace(false)
final class ExceptionAnsweredEvent extends Event {
    @Label("Type")
    @Description("The name of its ZX_EXCP_*")
    String type = "";

    @Label("Process")
    @Description("Whose thread it is, by koid")
    long process;

    @Label("Thread")
    @Description("The thread that was in the exception, by koid")
    long thread;

    @Label("Slot")
    @Description("Where the port was bound")
    String slot = "";

    @Label("Outcome")
    @Description("HANDLED, TRY_NEXT, UNBOUND, KILLED or UNDELIVERABLE")
    String outcome = "";
}
