package zircon.emulation.syscalls;

import zircon.emulation.kernel.Kernel;

import java.util.List;

/// All syscalls of a kernel.
public final class Syscalls {
    private Syscalls() {}

    /// The objects whose methods are this kernel's syscalls.
    public static List<Object> families(Kernel kernel) {
        return List.of(
                new HandleSyscalls(kernel),
                new ObjectSyscalls(kernel),
                new InfoSyscalls(kernel),
                new PropertySyscalls(kernel),
                new PortSyscalls(kernel),
                new JobSyscalls(kernel),
                new ProcessSyscalls(kernel),
                new ThreadSyscalls(kernel),
                new ThreadStateSyscalls(kernel),
                new TaskSyscalls(kernel),
                new ChannelSyscalls(kernel),
                new EventSyscalls(kernel),
                new ClockSyscalls(kernel),
                new SystemSyscalls(),
                new RuntimeSyscalls(kernel));
    }
}
