package zircon.conformance;

import static java.util.Objects.requireNonNull;

import zircon.Channel;
import zircon.Deadline;
import zircon.Event;
import zircon.EventPair;
import zircon.ExceptionPacket;
import zircon.ExceptionPortKind;
import zircon.GeneralRegisters.Register;
import zircon.Handle;
import zircon.Job;
import zircon.JobPolicy;
import zircon.Koid;
import zircon.Ok;
import zircon.OtherHandle;
import zircon.Port;
import zircon.PortPacket;
import zircon.Read;
import zircon.Result;
import zircon.Resume;
import zircon.Rights;
import zircon.SignalPacket;
import zircon.Signals;
import zircon.UserPacket;
import zircon.Wait;
import zircon.WaitItem;
import zircon.WaitMany;
import zircon.WaitMode;
import zircon.ZxError;
import zircon.ZxProcess;
import zircon.ZxThread;
import zircon.conformance.model.Bits;
import zircon.conformance.model.Status;
import zircon.conformance.model.Step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes calls through the wrapper, as far as it can express them; else as C does.
///
/// An object of the wrapper is made for each call from the number of the handle, so that closed
/// handles and wrong types reach the library. It is then forgotten: nothing closes it.
final class WrapperActor implements Actor {
    private static final Map<Integer, JobPolicy.Condition> CONDITIONS =
            Map.of(
                    Bits.BAD_HANDLE,
                    JobPolicy.Condition.BAD_HANDLE,
                    Bits.NEW_PORT,
                    JobPolicy.Condition.NEW_PORT,
                    Bits.NEW_ANY,
                    JobPolicy.Condition.NEW_ANY,
                    Bits.NEW_PROCESS,
                    JobPolicy.Condition.NEW_PROCESS);
    private static final Map<Integer, JobPolicy.Action> ACTIONS =
            Map.of(
                    0,
                    JobPolicy.Action.ALLOW,
                    Bits.DENY,
                    JobPolicy.Action.DENY,
                    Bits.RAISE,
                    JobPolicy.Action.EXCEPTION,
                    Bits.DENY | Bits.RAISE,
                    JobPolicy.Action.DENY_AND_EXCEPTION);

    private final RawActor raw;

    WrapperActor(RawActor raw) {
        this.raw = raw;
    }

    @Override
    public Answer call(Step step, Variables with) {
        return wrapped(step, with).orElseGet(() -> raw.call(step, with));
    }

    private Optional<Answer> wrapped(Step step, Variables with) {
        Answer answer =
                switch (step) {
                    case Step.PortCreate(int options) when options == 0 -> made(Port.create());
                    case Step.PortCreate(int options) when options == 1 ->
                            made(Port.createForInterrupts());
                    case Step.EventCreate(int options) when options == 0 -> made(Event.create());
                    case Step.EventPairCreate(int options) when options == 0 ->
                            two(EventPair.create(), pair -> List.of(pair.first(), pair.second()));
                    case Step.ChannelCreate(int options) when options == 0 ->
                            two(Channel.create(), pair -> List.of(pair.first(), pair.second()));
                    case Step.Duplicate(int handle, int rights) when is(handle, with) ->
                            made(other(handle, with).duplicate(new Rights(rights)));
                    case Step.Replace(int handle, int rights) when is(handle, with) ->
                            made(other(handle, with).replace(new Rights(rights)));
                    case Step.CloseMany(var handles) ->
                            done(
                                    Handle.closeMany(
                                            handles.stream()
                                                    .filter(handle -> is(handle, with))
                                                    .map(handle -> other(handle, with))
                                                    .toList()));
                    case Step.Signal(int handle, int clear, int set) when is(handle, with) ->
                            done(other(handle, with).signal(new Signals(clear), new Signals(set)));
                    case Step.SignalPeer(int handle, int clear, int set) when is(handle, with) ->
                            done(
                                    EventPair.adopt(with.number(handle))
                                            .signalPeer(new Signals(clear), new Signals(set)));
                    case Step.WaitOne(int handle, int signals) when is(handle, with) ->
                            waited(
                                    other(handle, with)
                                            .waitFor(new Signals(signals), Deadline.PAST));
                    case Step.WaitMany(var handles, int signals)
                            when handles.stream().allMatch(handle -> is(handle, with)) ->
                            waited(
                                    Handle.waitMany(
                                            handles.stream()
                                                    .map(handle -> other(handle, with))
                                                    .map(h -> new WaitItem(h, new Signals(signals)))
                                                    .toList(),
                                            Deadline.PAST));
                    case Step.WaitAsync(int handle, int port, long key, int signals, int options)
                            when is(handle, with)
                                    && is(port, with)
                                    && (options == 0 || options == 1) ->
                            done(
                                    other(handle, with)
                                            .waitAsync(
                                                    port(port, with),
                                                    key,
                                                    new Signals(signals),
                                                    options == 1
                                                            ? WaitMode.REPEATING
                                                            : WaitMode.ONCE));
                    case Step.SetName(int handle, var name) when is(handle, with) ->
                            done(job(handle, with).setName(name));
                    case Step.PortQueue(int port, long key, int count)
                            when is(port, with) && count == 1 ->
                            done(port(port, with).queue(UserPacket.of(key)));
                    case Step.PortWait(int port) when is(port, with) ->
                            packet(port(port, with).waitFor(Deadline.PAST));
                    case Step.PortCancel(int port, int source, long key)
                            when is(port, with) && is(source, with) ->
                            done(port(port, with).cancel(other(source, with), key));
                    case Step.ChannelWrite(int channel, int bytes, var handles)
                            when is(channel, with) && handles.stream().allMatch(h -> is(h, with)) ->
                            done(
                                    Channel.adopt(with.number(channel))
                                            .write(
                                                    new byte[bytes],
                                                    handles.stream()
                                                            .map(handle -> other(handle, with))
                                                            .toArray(Handle[]::new)));
                    case Step.ChannelRead(int channel, int options, int bytes, int handles)
                            when is(channel, with) && (options == 0 || options == 1) ->
                            read(Channel.adopt(with.number(channel)), options, bytes, handles);
                    case Step.JobCreate(int parent, int options)
                            when is(parent, with) && options == 0 ->
                            made(job(parent, with).createJob());
                    case Step.SetPolicy(int job, int options, var policies)
                            when is(job, with)
                                    && (options == 0 || options == 1)
                                    && policies.stream().allMatch(WrapperActor::isPolicy) ->
                            done(
                                    job(job, with)
                                            .setPolicy(
                                                    options == 0
                                                            ? JobPolicy.Mode.RELATIVE
                                                            : JobPolicy.Mode.ABSOLUTE,
                                                    policies.stream()
                                                            .map(WrapperActor::policy)
                                                            .toArray(JobPolicy[]::new)));
                    case Step.ProcessCreate(int job, int options)
                            when is(job, with) && options == 0 ->
                            made(
                                    job(job, with)
                                            .createProcess(Step.NAME)
                                            .map(
                                                    made -> {
                                                        made.vmar().close();
                                                        return made.process();
                                                    }));
                    case Step.ThreadCreate(int process, int options)
                            when is(process, with) && options == 0 ->
                            made(process(process, with).createThread(Step.NAME));
                    case Step.ProcessStart(int process, int thread, var goes, int argument)
                            when is(process, with) && is(thread, with) && is(argument, with) ->
                            done(
                                    process(process, with)
                                            .start(
                                                    thread(thread, with),
                                                    Code.entry(goes),
                                                    0,
                                                    other(argument, with),
                                                    Code.secondArgument(goes, with.made())));
                    case Step.ThreadStart(int thread, var goes) when is(thread, with) ->
                            done(
                                    thread(thread, with)
                                            .start(
                                                    Code.entry(goes),
                                                    0,
                                                    Code.argument(goes),
                                                    Code.secondArgument(goes, with.made())));
                    case Step.GetChild(int handle, int child, int rights) when is(handle, with) ->
                            made(
                                    ZxProcess.adopt(with.number(handle))
                                            .child(new Koid(with.koid(child)), new Rights(rights)));
                    case Step.Kill(int task) when is(task, with) -> done(job(task, with).kill());
                    case Step.Suspend(int task) when is(task, with) ->
                            made(thread(task, with).suspend());
                    case Step.Bind(int task, int port, long key, int options)
                            when is(task, with) && (options == 0 || options == 1) ->
                            bind(with.number(task), with.number(port), key, options);
                    case Step.Resume(int thread, int port, int options)
                            when is(thread, with)
                                    && is(port, with)
                                    && (options == 0 || options == Bits.TRY_NEXT) ->
                            done(
                                    thread(thread, with)
                                            .resumeFromException(
                                                    port(port, with),
                                                    options == 0
                                                            ? Resume.HANDLED
                                                            : Resume.TRY_NEXT));
                    case Step.Redirect(int thread, var goes) when is(thread, with) ->
                            redirect(thread(thread, with), goes, with.made());
                    default -> null;
                };
        return Optional.ofNullable(answer);
    }

    /// Whether the wrapper has an object for it: 0 is none.
    private static boolean is(int variable, Variables with) {
        return with.number(variable) != 0;
    }

    private static boolean isPolicy(Step.Policy policy) {
        return CONDITIONS.containsKey(policy.condition()) && ACTIONS.containsKey(policy.action());
    }

    private static JobPolicy policy(Step.Policy policy) {
        return new JobPolicy(
                requireNonNull(CONDITIONS.get(policy.condition())),
                requireNonNull(ACTIONS.get(policy.action())));
    }

    private static OtherHandle other(int variable, Variables with) {
        return OtherHandle.adopt(with.number(variable));
    }

    private static Port port(int variable, Variables with) {
        return Port.adopt(with.number(variable));
    }

    private static Job job(int variable, Variables with) {
        return Job.adopt(with.number(variable));
    }

    private static ZxProcess process(int variable, Variables with) {
        return ZxProcess.adopt(with.number(variable));
    }

    private static ZxThread thread(int variable, Variables with) {
        return ZxThread.adopt(with.number(variable));
    }

    private static Answer done(Result<?> result) {
        return Answer.of(result.raw());
    }

    private static Answer made(Result<? extends Handle> result) {
        return two(result, List::of);
    }

    private static <T> Answer two(
            Result<T> result, Function<? super T, List<? extends Handle>> handles) {
        if (result instanceof Ok<T>(var value)) {
            return new Answer(
                    0, List.of(), handles.apply(value).stream().map(Handle::raw).toList());
        }
        return done(result);
    }

    private static Answer waited(Wait wait) {
        return switch (wait) {
            case Wait.Satisfied(var observed) -> waited(Status.OK, List.of(observed));
            case Wait.TimedOut(var observed) -> waited(Status.TIMED_OUT, List.of(observed));
            case Wait.Canceled(var observed) -> waited(Status.CANCELED, List.of(observed));
            case Wait.Refused(var status) -> Answer.of(status.raw());
        };
    }

    private static Answer waited(WaitMany wait) {
        return switch (wait) {
            case WaitMany.Satisfied(var observed) -> waited(Status.OK, observed);
            case WaitMany.TimedOut(var observed) -> waited(Status.TIMED_OUT, observed);
            case WaitMany.Canceled(var observed) -> waited(Status.CANCELED, observed);
            case WaitMany.Refused(var status) -> Answer.of(status.raw());
        };
    }

    private static Answer waited(Status status, List<Signals> observed) {
        return new Answer(
                status.raw(), observed.stream().map(one -> (long) one.bits()).toList(), List.of());
    }

    private static Answer packet(Result<PortPacket> result) {
        if (!(result instanceof Ok<PortPacket>(var packet))) {
            return done(result);
        }
        List<Long> values =
                switch (packet) {
                    case UserPacket user ->
                            List.of(
                                    user.key(),
                                    0L,
                                    (long) user.status(),
                                    user.word0(),
                                    user.word1());
                    case SignalPacket signal ->
                            List.of(
                                    signal.key(),
                                    signal.repeating() ? 2L : 1L,
                                    (long) signal.status(),
                                    (signal.trigger().bits() & 0xffffffffL)
                                            | ((long) signal.observed().bits() << 32),
                                    signal.count());
                    case ExceptionPacket exception ->
                            List.of(
                                    exception.key(),
                                    (long) exception.type().raw(),
                                    (long) exception.status(),
                                    exception.process().value(),
                                    exception.thread().value());
                    default -> List.of();
                };
        return new Answer(0, values, List.of());
    }

    private static Answer read(Channel channel, int options, int bytes, int handles) {
        Read read =
                options == 0
                        ? channel.read(bytes, handles)
                        : channel.readMayDiscard(bytes, handles);
        return switch (read) {
            case Read.Message message -> {
                List<Long> values = new ArrayList<>();
                values.add((long) message.bytes().length);
                values.add((long) message.handles().size());
                message.handles().forEach(handle -> values.add((long) handle.raw()));
                yield new Answer(0, values, List.of());
            }
            case Read.TooSmall(int size, int count) ->
                    new Answer(
                            ZxError.BUFFER_TOO_SMALL.raw(),
                            List.of((long) size, (long) count),
                            List.of());
            case Read.Refused(var status) -> Answer.of(status.raw());
        };
    }

    private static Answer bind(int task, int port, long key, int options) {
        ExceptionPortKind kind =
                options == 0 ? ExceptionPortKind.GENERAL : ExceptionPortKind.DEBUGGER;
        return done(
                port == 0
                        ? Job.adopt(task).unbindExceptionPort(kind)
                        : Job.adopt(task).bindExceptionPort(Port.adopt(port), key, kind));
    }

    private static Answer redirect(ZxThread thread, Step.Goes goes, long made) {
        return switch (thread.readGeneralRegisters()) {
            case Ok<zircon.GeneralRegisters>(var registers) ->
                    done(
                            thread.writeGeneralRegisters(
                                    registers
                                            .with(Register.RIP, Code.entry(goes))
                                            .with(Register.RDI, Code.argument(goes))
                                            .with(Register.RSI, Code.secondArgument(goes, made))));
            case Result<?> refused -> done(refused);
        };
    }
}
