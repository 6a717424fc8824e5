package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_OK;

import zircon.emulation.kernel.Kernel;
import zircon.emulation.kernel.Refusal;

/// All syscalls of a kernel, by number.
public final class Syscalls {
    private final HandleSyscalls handles;
    private final InfoSyscalls info;
    private final PropertySyscalls properties;
    private final ObjectSyscalls objects;
    private final WaitSyscalls waits;
    private final PortSyscalls ports;
    private final JobSyscalls jobs;
    private final ProcessSyscalls processes;
    private final MemorySyscalls memory;
    private final ThreadSyscalls threads;
    private final ThreadStateSyscalls threadStates;
    private final TaskSyscalls tasks;
    private final ChannelSyscalls channels;
    private final EventSyscalls events;
    private final ClockSyscalls clocks;
    private final SystemSyscalls system;
    private final RuntimeSyscalls runtime;

    /// The syscalls of this kernel.
    public Syscalls(Kernel kernel) {
        handles = new HandleSyscalls(kernel);
        info = new InfoSyscalls(kernel);
        properties = new PropertySyscalls(kernel);
        objects = new ObjectSyscalls(kernel);
        waits = new WaitSyscalls(kernel);
        ports = new PortSyscalls(kernel);
        jobs = new JobSyscalls(kernel);
        processes = new ProcessSyscalls(kernel);
        memory = new MemorySyscalls(kernel);
        threads = new ThreadSyscalls(kernel);
        threadStates = new ThreadStateSyscalls(kernel);
        tasks = new TaskSyscalls(kernel);
        channels = new ChannelSyscalls(kernel);
        events = new EventSyscalls(kernel);
        clocks = new ClockSyscalls(kernel);
        system = new SystemSyscalls();
        runtime = new RuntimeSyscalls(kernel);
    }

    /// Makes a call. Its arguments are those of its C prototype, widened to 64 bits; those that it
    /// does not have do not matter.
    ///
    /// @return what the C function returns, widened likewise; a status with its sign
    /// @throws Refusal the call ends with a status that is not ZX_OK
    public long call(
            Caller caller,
            Call call,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h) {
        return switch (call) {
            case HANDLE_CLOSE -> handles.handleClose(caller, (int) a);
            case HANDLE_CLOSE_MANY -> handles.handleCloseMany(caller, a, b);
            case HANDLE_DUPLICATE -> handles.handleDuplicate(caller, (int) a, (int) b, c);
            case HANDLE_REPLACE -> handles.handleReplace(caller, (int) a, (int) b, c);
            case OBJECT_GET_INFO -> info.objectGetInfo(caller, (int) a, (int) b, c, d, e, f);
            case OBJECT_GET_PROPERTY ->
                    properties.objectGetProperty(caller, (int) a, (int) b, c, d);
            case OBJECT_SET_PROPERTY ->
                    properties.objectSetProperty(caller, (int) a, (int) b, c, d);
            case OBJECT_GET_CHILD -> objects.objectGetChild(caller, (int) a, b, (int) c, d);
            case OBJECT_SIGNAL -> objects.objectSignal(caller, (int) a, (int) b, (int) c);
            case OBJECT_SIGNAL_PEER -> objects.objectSignalPeer(caller, (int) a, (int) b, (int) c);
            case OBJECT_WAIT_ONE -> waits.objectWaitOne(caller, (int) a, (int) b, c, d);
            case OBJECT_WAIT_MANY -> waits.objectWaitMany(caller, a, b, c);
            case OBJECT_WAIT_ASYNC ->
                    waits.objectWaitAsync(caller, (int) a, (int) b, c, (int) d, (int) e);
            case PORT_CREATE -> ports.portCreate(caller, (int) a, b);
            case PORT_QUEUE -> ports.portQueue(caller, (int) a, b);
            case PORT_WAIT -> ports.portWait(caller, (int) a, b, c);
            case PORT_CANCEL -> waits.portCancel(caller, (int) a, (int) b, c);
            case JOB_CREATE -> jobs.jobCreate(caller, (int) a, (int) b, c);
            case JOB_SET_POLICY -> jobs.jobSetPolicy(caller, (int) a, (int) b, (int) c, d, (int) e);
            case PROCESS_CREATE -> processes.processCreate(caller, (int) a, b, c, (int) d, e, f);
            case PROCESS_START ->
                    processes.processStart(caller, (int) a, (int) b, c, d, (int) e, f);
            case PROCESS_EXIT -> {
                processes.processExit(caller, a);
                yield ZX_OK();
            }
            case PROCESS_READ_MEMORY -> memory.processReadMemory(caller, (int) a, b, c, d, e);
            case PROCESS_WRITE_MEMORY -> memory.processWriteMemory(caller, (int) a, b, c, d, e);
            case THREAD_CREATE -> threads.threadCreate(caller, (int) a, b, c, (int) d, e);
            case THREAD_START -> threads.threadStart(caller, (int) a, b, c, d, e);
            case THREAD_EXIT -> {
                threads.threadExit(caller);
                yield ZX_OK();
            }
            case THREAD_READ_STATE -> threadStates.threadReadState(caller, (int) a, (int) b, c, d);
            case THREAD_WRITE_STATE ->
                    threadStates.threadWriteState(caller, (int) a, (int) b, c, d);
            case TASK_BIND_EXCEPTION_PORT ->
                    tasks.taskBindExceptionPort(caller, (int) a, (int) b, c, (int) d);
            case TASK_RESUME_FROM_EXCEPTION ->
                    tasks.taskResumeFromException(caller, (int) a, (int) b, (int) c);
            case TASK_SUSPEND, TASK_SUSPEND_TOKEN -> tasks.taskSuspend(caller, (int) a, b);
            case TASK_KILL -> tasks.taskKill(caller, (int) a);
            case CHANNEL_CREATE -> channels.channelCreate(caller, (int) a, b, c);
            case CHANNEL_READ ->
                    channels.channelRead(caller, (int) a, (int) b, c, d, (int) e, (int) f, g, h);
            case CHANNEL_READ_ETC ->
                    channels.channelReadEtc(caller, (int) a, (int) b, c, d, (int) e, (int) f, g, h);
            case CHANNEL_WRITE ->
                    channels.channelWrite(caller, (int) a, (int) b, c, (int) d, e, (int) f);
            case EVENT_CREATE -> events.eventCreate(caller, (int) a, b);
            case EVENTPAIR_CREATE -> events.eventpairCreate(caller, (int) a, b, c);
            case CLOCK_GET -> clocks.clockGet(caller, (int) a);
            case CLOCK_GET_NEW -> clocks.clockGetNew(caller, (int) a, b);
            case CLOCK_GET_MONOTONIC -> clocks.clockGetMonotonic(caller);
            case DEADLINE_AFTER -> clocks.deadlineAfter(caller, a);
            case NANOSLEEP -> clocks.nanosleep(caller, a);
            case SYSTEM_GET_VERSION -> system.systemGetVersion(caller, a, b);
            case PROCESS_SELF -> runtime.processSelf(caller);
            case THREAD_SELF -> runtime.threadSelf(caller);
            case VMAR_ROOT_SELF -> runtime.vmarRootSelf(caller);
            case JOB_DEFAULT -> runtime.jobDefault(caller);
            case TAKE_STARTUP_HANDLE -> runtime.takeStartupHandle(caller, (int) a);
        };
    }
}
