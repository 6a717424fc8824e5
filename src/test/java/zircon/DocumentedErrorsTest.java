package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.emulation.HostEmulation;
import zircon.kit.Guest;
import zircon.kit.KernelFixture;
import zircon.kit.Packets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Every error that the Javadoc of the package promises, from the emulated kernel; and none is
/// missing here. (`BAD_HANDLE` and null are in [ContractCases].)
class DocumentedErrorsTest extends KernelFixture {
    private static final Koid NOBODY = new Koid(1);
    // What has no signals or no name has not the right to ask for them either, and the right is
    // looked at first: W-2, I-8.
    private static final Set<String> HIDDEN_BY_A_MISSING_RIGHT =
            Set.of(
                    "Handle.setName NOT_SUPPORTED",
                    "Handle.signal NOT_SUPPORTED",
                    "Handle.waitAsync NOT_SUPPORTED",
                    "Handle.waitFor NOT_SUPPORTED",
                    "Handle.waitMany NOT_SUPPORTED",
                    "Port.cancel NOT_SUPPORTED");
    private static final byte[] BYTE = new byte[1];
    private static final long NOWHERE = -8;

    private final Set<String> provoked = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void everyDocumentedErrorIsProvoked() throws Throwable {
        channels();
        signalsAndWaits();
        handles();
        ports();
        jobs();
        policies();
        processes();
        deadProcesses();
        memory();
        threads();
        registers();
        exceptions();
        assertThat(wrong).isEmpty();
        provoked.addAll(HIDDEN_BY_A_MISSING_RIGHT);
        assertThat(provoked).containsExactlyElementsOf(DocumentedErrors.ofCalls());
    }

    private void refused(String method, ZxError error, Object answer) throws Throwable {
        provoked.add(method + " " + error);
        Status status = PublicApi.refusal(answer);
        if (status != error) {
            wrong.add("%s answers %s, not %s".formatted(method, status, error));
        }
    }

    private void denied(String method, Object answer) throws Throwable {
        refused(method, ZxError.ACCESS_DENIED, answer);
    }

    private <H extends Handle> H own(Result<H> made) {
        return scope.own(made.orElseThrow());
    }

    private void channels() throws Throwable {
        Channel.Pair ends = scope.own(Channel.create().orElseThrow());
        Channel channel = ends.first();
        refused("Channel.read", ZxError.SHOULD_WAIT, channel.read());
        refused("Channel.readMayDiscard", ZxError.SHOULD_WAIT, channel.readMayDiscard(0, 0));
        refused("Channel.write", ZxError.NOT_SUPPORTED, ends.second().write(BYTE, ends.second()));
        refused("Channel.write", ZxError.OUT_OF_RANGE, channel.write(new byte[65537]));
        refused("Channel.write", ZxError.PEER_CLOSED, channel.write(BYTE));
        refused("Channel.read", ZxError.PEER_CLOSED, channel.read());
        refused("Channel.readMayDiscard", ZxError.PEER_CLOSED, channel.readMayDiscard(0, 0));
        refused("Channel.signalPeer", ZxError.PEER_CLOSED, signalPeer(channel, Signals.user(0)));
        refused("Channel.signalPeer", ZxError.INVALID_ARGS, signalPeer(channel, new Signals(1)));
        Channel powerless = own(channel.replace(Rights.NONE));
        denied("Channel.write", powerless.write(BYTE));
        denied("Channel.read", powerless.read());
        denied("Channel.readMayDiscard", powerless.readMayDiscard(0, 0));
        denied("Channel.signalPeer", signalPeer(powerless, Signals.user(0)));
    }

    private static Result<Unit> signalPeer(Channel channel, Signals set) {
        return channel.signalPeer(Signals.NONE, set);
    }

    private void signalsAndWaits() throws Throwable {
        EventPair.Pair pair = scope.own(EventPair.create().orElseThrow());
        EventPair lonely = pair.first();
        pair.second().close();
        String signalPeer = "EventPair.signalPeer";
        refused(signalPeer, ZxError.PEER_CLOSED, lonely.signalPeer(Signals.NONE, Signals.user(0)));
        refused(signalPeer, ZxError.INVALID_ARGS, lonely.signalPeer(new Signals(1), Signals.NONE));
        EventPair powerless = own(lonely.duplicate(Rights.NONE));
        denied(signalPeer, powerless.signalPeer(Signals.NONE, Signals.user(0)));

        Port port = scope.port();
        Vmar vmar = own(Vmar.rootSelf());
        Event event = scope.event();
        refused("Handle.signal", ZxError.INVALID_ARGS, event.signal(Signals.NONE, new Signals(1)));
        denied("Handle.signal", powerless.signal(Signals.NONE, Signals.NONE));
        denied("Handle.waitFor", powerless.waitFor(Signals.NONE, Deadline.PAST));
        denied("Handle.waitAsync", powerless.waitAsync(port, 1, Signals.NONE, WaitMode.ONCE));
        denied("Handle.waitMany", waitMany(powerless));
        refused("Handle.waitMany", ZxError.OUT_OF_RANGE, waitMany(copies(event, 17)));
        denied("Vmar.info", own(vmar.duplicate(Rights.NONE)).info());
    }

    private Handle[] copies(Event event, int count) {
        var copies = new Handle[count];
        for (int i = 0; i < count; i++) {
            copies[i] = own(event.duplicate(Rights.SAME_RIGHTS));
        }
        return copies;
    }

    private static WaitMany waitMany(Handle... handles) {
        List<WaitItem> items =
                Arrays.stream(handles).map(each -> new WaitItem(each, Signals.NONE)).toList();
        return Handle.waitMany(items, Deadline.PAST);
    }

    private void handles() throws Throwable {
        Event event = scope.event();
        refused("Handle.duplicate", ZxError.INVALID_ARGS, event.duplicate(Rights.EXECUTE));
        Event powerless = own(event.duplicate(Rights.NONE));
        denied("Handle.duplicate", powerless.duplicate(Rights.NONE));
        denied("Handle.handleCount", powerless.handleCount());
        denied("Handle.name", powerless.name());
        denied("Handle.setName", powerless.setName("x"));
        refused("Handle.replace", ZxError.INVALID_ARGS, event.replace(Rights.EXECUTE));
    }

    private void ports() throws Throwable {
        Port port = scope.port();
        Event event = scope.event();
        refused("Port.waitFor", ZxError.TIMED_OUT, port.waitFor(Deadline.PAST));
        refused("Port.cancel", ZxError.NOT_FOUND, port.cancel(event, 1));
        HostEmulation.instance().fillPorts(1);
        refused("Port.queue", ZxError.SHOULD_WAIT, port.queue(UserPacket.of(1)));
        HostEmulation.instance().failAllocation(1);
        refused("Port.queue", ZxError.NO_MEMORY, port.queue(UserPacket.of(1)));
        Port powerless = own(port.duplicate(Rights.NONE));
        denied("Port.queue", powerless.queue(UserPacket.of(1)));
        denied("Port.waitFor", powerless.waitFor(Deadline.PAST));
        denied("Port.cancel", powerless.cancel(event, 1));
    }

    private void jobs() throws Throwable {
        Job job = scope.job();
        Koid child = scope.jobIn(job).koid().orElseThrow();
        ProcessAndVmar made = scope.own(job.createProcess("p").orElseThrow());
        Koid process = made.process().koid().orElseThrow();
        refused("Job.childJob", ZxError.NOT_FOUND, job.childJob(NOBODY, Rights.NONE));
        refused("Job.childJob", ZxError.WRONG_TYPE, job.childJob(process, Rights.NONE));
        refused("Job.childProcess", ZxError.NOT_FOUND, job.childProcess(NOBODY, Rights.NONE));
        refused("Job.childProcess", ZxError.WRONG_TYPE, job.childProcess(child, Rights.NONE));

        Job powerless = own(job.duplicate(Rights.NONE));
        denied("Job.createJob", powerless.createJob());
        denied("Job.createProcess", powerless.createProcess("p"));
        denied("Job.children", powerless.children());
        denied("Job.processes", powerless.processes());
        denied("Job.childJob", powerless.childJob(child, Rights.NONE));
        denied("Job.childProcess", powerless.childProcess(process, Rights.NONE));
        denied("Job.setKillOnOom", powerless.setKillOnOom(true));
        denied("Task.kill", powerless.kill());

        Port port = scope.port();
        var _ = job.bindExceptionPort(port, 1).orElseThrow();
        refused("Task.bindExceptionPort", ZxError.ALREADY_BOUND, job.bindExceptionPort(port, 1));
        refused(
                "Job.bindExceptionPort",
                ZxError.ALREADY_BOUND,
                job.bindExceptionPort(port, 1, ExceptionPortKind.GENERAL));
        var _ = job.unbindExceptionPort().orElseThrow();
        refused("Task.unbindExceptionPort", ZxError.BAD_STATE, job.unbindExceptionPort());
        refused(
                "Job.unbindExceptionPort",
                ZxError.BAD_STATE,
                job.unbindExceptionPort(ExceptionPortKind.DEBUGGER));

        Result<Job> deeper = job.createJob();
        while (deeper instanceof Ok<Job>(var next)) {
            deeper = scope.own(next).createJob();
        }
        refused("Job.createJob", ZxError.OUT_OF_RANGE, deeper);
        var _ = job.kill().orElseThrow();
        refused("Job.createJob", ZxError.BAD_STATE, job.createJob());
        refused("Job.createProcess", ZxError.BAD_STATE, job.createProcess("p"));
    }

    private void policies() throws Throwable {
        Job job = scope.job();
        var deny = new JobPolicy(JobPolicy.Condition.NEW_ANY, JobPolicy.Action.DENY);
        var allow = new JobPolicy(JobPolicy.Condition.NEW_PORT, JobPolicy.Action.ALLOW);
        var manyTimes = new JobPolicy[14];
        Arrays.fill(manyTimes, deny);
        var absolute = JobPolicy.Mode.ABSOLUTE;
        var _ = job.setPolicy(absolute, deny).orElseThrow();
        refused("Job.setPolicy", ZxError.ALREADY_EXISTS, job.setPolicy(absolute, allow));
        refused("Job.setPolicy", ZxError.INVALID_ARGS, job.setPolicy(absolute));
        refused("Job.setPolicy", ZxError.OUT_OF_RANGE, job.setPolicy(absolute, manyTimes));
        Job powerless = own(job.duplicate(Rights.NONE));
        denied("Job.setPolicy", powerless.setPolicy(absolute, deny));
        denied("Port.create", inJob(job, Port::create));
        denied("Port.createForInterrupts", inJob(job, Port::createForInterrupts));
        denied("Channel.create", inJob(job, Channel::create));
        denied("Event.create", inJob(job, Event::create));
        denied("EventPair.create", inJob(job, EventPair::create));
        var _ = scope.jobIn(job);
        refused("Job.setPolicy", ZxError.BAD_STATE, job.setPolicy(absolute, deny));
    }

    /// What a call answers to a process of `job`.
    private Object inJob(Job job, Supplier<Object> call) {
        var answer = new AtomicReference<Object>("nothing");
        int guest =
                HostEmulation.instance()
                        .spawnProcess(job.raw(), "caller", 0, _ -> answer.set(call.get()));
        Guest.awaitEnd(scope.own(ZxProcess.adopt(guest)));
        return Objects.requireNonNull(answer.get());
    }

    private void processes() throws Throwable {
        Guest guest = scope.guest();
        ZxProcess process = guest.process();
        Port port = scope.port();
        refused("ZxProcess.child", ZxError.NOT_FOUND, process.child(NOBODY, Rights.NONE));
        refused(
                "ZxProcess.setDebugAddress",
                ZxError.INVALID_ARGS,
                process.setDebugAddress(DebugAddress.NONE));
        refused("ZxProcess.suspend", ZxError.NOT_SUPPORTED, own(ZxProcess.self()).suspend());
        refused("ZxProcess.vmos", ZxError.BAD_STATE, process.vmos());
        var _ = process.bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER).orElseThrow();
        refused(
                "ZxProcess.bindExceptionPort",
                ZxError.ALREADY_BOUND,
                process.bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER));
        refused(
                "ZxProcess.unbindExceptionPort",
                ZxError.BAD_STATE,
                process.unbindExceptionPort(ExceptionPortKind.GENERAL));

        ZxProcess powerless = own(process.duplicate(Rights.NONE));
        denied("ZxProcess.createThread", powerless.createThread("t"));
        denied("ZxProcess.start", powerless.start(guest.thread(), 0, 0, scope.event(), 0));
        denied("ZxProcess.suspend", powerless.suspend());
        denied("ZxProcess.info", powerless.info());
        denied("ZxProcess.threads", powerless.threads());
        denied("ZxProcess.taskStats", powerless.taskStats());
        denied("ZxProcess.handleStats", powerless.handleStats());
        denied("ZxProcess.maps", powerless.maps());
        denied("ZxProcess.vmos", powerless.vmos());
        denied("ZxProcess.debugAddress", powerless.debugAddress());
        denied("ZxProcess.setDebugAddress", powerless.setDebugAddress(new DebugAddress(1)));
        denied("ZxProcess.vdsoBaseAddress", powerless.vdsoBaseAddress());
        denied("ZxProcess.child", powerless.child(NOBODY, Rights.NONE));
    }

    private void deadProcesses() throws Throwable {
        Guest guest = scope.guest();
        ZxProcess process = guest.process();
        ZxThread thread = guest.thread();
        guest.sleep();
        refused(
                "ZxProcess.start",
                ZxError.BAD_STATE,
                process.start(guest.newThread(), 0, 0, scope.event(), 0));
        var _ = process.kill().orElseThrow();
        Guest.awaitEnd(process);
        Guest.awaitEnd(thread);
        Port port = scope.port();
        refused("ZxProcess.suspend", ZxError.BAD_STATE, process.suspend());
        refused("ZxProcess.taskStats", ZxError.BAD_STATE, process.taskStats());
        refused("ZxProcess.maps", ZxError.BAD_STATE, process.maps());
        refused(
                "ZxProcess.bindExceptionPort",
                ZxError.NOT_FOUND,
                process.bindExceptionPort(port, 1, ExceptionPortKind.GENERAL));
        refused("Task.bindExceptionPort", ZxError.NOT_FOUND, thread.bindExceptionPort(port, 1));
        refused("ZxThread.suspend", ZxError.BAD_STATE, thread.suspend());
    }

    private void memory() throws Throwable {
        ZxProcess process = scope.guest().process();
        refused("ZxProcess.readMemory", ZxError.INVALID_ARGS, process.readMemory(0, 0));
        refused("ZxProcess.writeMemory", ZxError.INVALID_ARGS, process.writeMemory(0, new byte[0]));
        refused("ZxProcess.readMemory", ZxError.NO_MEMORY, process.readMemory(NOWHERE, 1));
        refused("ZxProcess.writeMemory", ZxError.NO_MEMORY, process.writeMemory(NOWHERE, BYTE));
        ZxProcess powerless = own(process.duplicate(Rights.NONE));
        denied("ZxProcess.readMemory", powerless.readMemory(0, 1));
        denied("ZxProcess.writeMemory", powerless.writeMemory(0, BYTE));
    }

    private void threads() throws Throwable {
        ZxThread thread = scope.guest().thread();
        ZxThread self = own(ZxThread.self());
        refused("ZxThread.start", ZxError.BAD_STATE, thread.start(0, 0, 0, 0));
        refused("ZxThread.suspend", ZxError.NOT_SUPPORTED, self.suspend());
        refused("ZxThread.setRegisterFs", ZxError.INVALID_ARGS, self.setRegisterFs(NOWHERE));
        refused("ZxThread.setRegisterGs", ZxError.INVALID_ARGS, self.setRegisterGs(NOWHERE));
        refused("ZxThread.setRegisterFs", ZxError.NOT_SUPPORTED, self.setRegisterFs(0x10000));
        ZxThread powerless = own(thread.duplicate(Rights.NONE));
        denied("ZxThread.start", powerless.start(0, 0, 0, 0));
        denied("ZxThread.suspend", powerless.suspend());
        denied("ZxThread.info", powerless.info());
        denied("ZxThread.exceptionReport", powerless.exceptionReport());
        denied("ZxThread.stats", powerless.stats());
        denied("ZxThread.setRegisterFs", powerless.setRegisterFs(0x10000));
        denied("ZxThread.setRegisterGs", thread.setRegisterGs(0x10000));
    }

    private void registers() throws Throwable {
        Guest guest = scope.guest();
        ZxThread thread = guest.thread();
        everyRegisterSet(thread, ZxError.BAD_STATE);
        everyRegisterSet(own(thread.duplicate(Rights.NONE)), ZxError.ACCESS_DENIED);
        Port port = scope.port();
        var _ =
                guest.process()
                        .bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER)
                        .orElseThrow();
        guest.fault();
        var _ = Packets.exception(port); // the thread is starting
        generalRegisters(thread, ZxError.NOT_SUPPORTED);
        refused(
                "ZxThread.writeDebugRegisters",
                ZxError.INVALID_ARGS,
                thread.writeDebugRegisters(new DebugRegisters(NOWHERE, 0, 0, 0, 0, 0)));
    }

    private void everyRegisterSet(ZxThread thread, ZxError error) throws Throwable {
        generalRegisters(thread, error);
        var fp = (FpRegisters) Samples.of(FpRegisters.class);
        refused("ZxThread.readFpRegisters", error, thread.readFpRegisters());
        refused("ZxThread.writeFpRegisters", error, thread.writeFpRegisters(fp));
        var vector = (VectorRegisters) Samples.of(VectorRegisters.class);
        refused("ZxThread.readVectorRegisters", error, thread.readVectorRegisters());
        refused("ZxThread.writeVectorRegisters", error, thread.writeVectorRegisters(vector));
        var debug = new DebugRegisters(0, 0, 0, 0, 0, 0);
        refused("ZxThread.readDebugRegisters", error, thread.readDebugRegisters());
        refused("ZxThread.writeDebugRegisters", error, thread.writeDebugRegisters(debug));
    }

    private void generalRegisters(ZxThread thread, ZxError error) throws Throwable {
        var general = (GeneralRegisters) Samples.of(GeneralRegisters.class);
        refused("ZxThread.readGeneralRegisters", error, thread.readGeneralRegisters());
        refused("ZxThread.writeGeneralRegisters", error, thread.writeGeneralRegisters(general));
        refused("ZxThread.readSingleStep", error, thread.readSingleStep());
        refused("ZxThread.writeSingleStep", error, thread.writeSingleStep(true));
    }

    private void exceptions() throws Throwable {
        Guest guest = scope.guest();
        ZxThread thread = guest.thread();
        Port port = scope.port();
        String resume = "ZxThread.resumeFromException";
        refused(resume, ZxError.BAD_STATE, thread.resumeFromException(port, Resume.HANDLED));
        refused("ZxThread.exceptionReport", ZxError.BAD_STATE, thread.exceptionReport());
        var _ = thread.bindExceptionPort(port, 1).orElseThrow();
        guest.fault();
        var _ = Packets.exception(port);
        denied(resume, thread.resumeFromException(scope.port(), Resume.HANDLED));
    }
}
