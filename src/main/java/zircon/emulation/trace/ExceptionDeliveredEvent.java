package zircon.emulation.trace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// An exception was sent to a handler.
@Name("zircon.ExceptionDelivered")
@Label("Zircon Exception Delivered")
@Category("Zircon")
@StackTrace(false)
final class ExceptionDeliveredEvent extends Event {
    @Label("Type")
    @Description("The name of its ZX_EXCP_*")
    String type = "";

    @Label("Process")
    @Description("Whose thread it is, by koid")
    long process;

    @Label("Thread")
    @Description("The thread that is in the exception, by koid")
    long thread;

    @Label("Slot")
    @Description("Where the port is bound")
    String slot = "";

    @Label("Port")
    @Description("By koid")
    long port;

    @Label("Key")
    long key;
}
