package zircon.conformance;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Outcome;
import zircon.conformance.model.Status;
import zircon.conformance.model.Step;
import zircon.conformance.model.Type;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A program as text. Its calls are written in what C and Java have in common, so that jshell and a
/// C compiler read the same lines; what those need besides stands before them.
final class Listing {
    private static final Pattern CONSTANT = Pattern.compile("\\bZX_[A-Z0-9_]+\\b");
    private static final Pattern VARIABLE =
            Pattern.compile("\\b(?:h|out)\\((\\d+)\\)|&out\\((\\d+)\\)");

    private final List<Program.Line> lines;
    private final int calm;

    Listing(List<Program.Line> lines) {
        this(lines, lines.size());
    }

    /// @param calm after so many lines, guests are not waited for
    Listing(List<Program.Line> lines, int calm) {
        this.lines = lines;
        this.calm = calm;
    }

    /// One line for each step: the call, and what it returns.
    String forPeople() {
        var text = new StringBuilder();
        int number = 0;
        int variables = 1;
        for (Program.Line line : lines) {
            number++;
            String call = call(line.step(), variables);
            call =
                    VARIABLE.matcher(call)
                            .replaceAll(
                                    found ->
                                            (found.group().startsWith("out") ? "&" : "")
                                                    + "h"
                                                    + found.group(1));
            if (number == calm + 1) {
                text.append("     in a hurry:%n".formatted());
            }
            text.append(
                    "%3d  %s -> %s%s%n"
                            .formatted(
                                    number,
                                    call,
                                    line.outcome().status().constant(),
                                    stored(line.outcome())));
            variables += line.step().makes();
        }
        return text.toString();
    }

    private static String stored(Outcome outcome) {
        if (!outcome.anyOf().isEmpty()) {
            return " one of " + outcome.anyOf();
        }
        return outcome.values().isEmpty() ? "" : " " + outcome.values();
    }

    String forJShell() {
        return jshell(body("\n"));
    }

    /// @param calls in the words of the prelude
    static String jshell(String calls) {
        String body =
                CONSTANT.matcher(calls)
                        .replaceAll("$0()")
                        .replaceAll("\\b(0x[0-9a-f]{8})u\\b", "$1");
        return JShellPrelude.TEXT + body + "ended()\n";
    }

    String forC() {
        return c(body("\n    "));
    }

    /// @param calls in the words of the prelude
    static String c(String calls) {
        return CPrelude.TEXT.replace("/* steps */", calls.strip());
    }

    private String body(String between) {
        List<String> body = new ArrayList<>();
        int number = 0;
        int variables = 1;
        for (Program.Line line : lines) {
            number++;
            String call = call(line.step(), variables);
            if (line.outcome().status() == Status.OK && line.step() instanceof Step.PortWait) {
                call =
                        call.replace(
                                "ZX_TIME_INFINITE_PAST",
                                "soon()"); // where there are guests, they may need a while
            }
            body.add(
                    "check(%d, %s, %s);"
                            .formatted(number, call, line.outcome().status().constant()));
            Model next = line.outcome().next();
            for (int made = variables; made < variables + line.step().makes(); made++) {
                if (next.isHandle(made)) {
                    body.add("note(%d);".formatted(made));
                }
            }
            variables += line.step().makes();
            if (next.hasGuests() && number <= calm) {
                body.add("settle();");
                if (sends(line.step(), Step.Goes.CREATE_PORT) || next.portMade()) {
                    body.add("port_made(%d, %d);".formatted(number, next.portMade() ? 1 : 0));
                }
                rest(next, body);
            }
            if (line.step() instanceof Step.PortWait
                    && line.outcome().status() == Status.OK
                    && line.outcome().anyOf().isEmpty()) {
                List<Object> values = line.outcome().values();
                body.add(
                        "packet_is(%d, %s);"
                                .formatted(
                                        number,
                                        values.stream()
                                                .map(value -> literal(value, next))
                                                .collect(Collectors.joining(", "))));
            }
        }
        if (!lines.isEmpty() && number <= calm) {
            observe(lines.getLast().outcome().next(), number, body);
        }
        return body.stream().map(one -> one + between).collect(Collectors.joining());
    }

    private static boolean sends(Step step, Step.Goes where) {
        return switch (step) {
            case Step.ProcessStart start -> start.goes() == where;
            case Step.ThreadStart start -> start.goes() == where;
            case Step.Redirect redirect -> redirect.goes() == where;
            default -> false;
        };
    }

    private static String literal(Object value, Model model) {
        if (value instanceof Outcome.Koid(int object)) {
            for (int variable = 0; variable < model.variables(); variable++) {
                if (model.isHandle(variable) && model.object(variable) == object) {
                    return "koid(%d)".formatted(variable);
                }
            }
            return "0L";
        }
        return value + "L";
    }

    /// Waits for guests to come as far as they go.
    private static void rest(Model model, List<String> body) {
        for (int variable = 0; variable < model.variables() && !model.isOpen(); variable++) {
            if (model.isLive(variable)
                    && model.type(variable) == Type.THREAD
                    && (model.rights(variable) & Bits.INSPECT) != 0) {
                List<Long> info = model.threadInfo(variable);
                body.add("rests(h(%d), %#x, %d);".formatted(variable, info.get(0), info.get(1)));
            }
        }
    }

    /// What can be seen after the last step.
    private static void observe(Model model, int number, List<String> body) {
        for (int variable = 0; variable < model.variables() && !model.isOpen(); variable++) {
            if (!model.isLive(variable)) {
                continue;
            }
            Type type = model.type(variable);
            if (type.isTask() && (model.rights(variable) & Bits.GET_PROPERTY) != 0) {
                body.add(
                        "name_is(%d, h(%d), \"%s\");"
                                .formatted(number, variable, model.name(variable)));
            }
            if (type.waitable() && (model.rights(variable) & Bits.WAIT) != 0) {
                body.add(
                        "signals_are(%d, h(%d), %s);"
                                .formatted(number, variable, hex(model.signals(variable))));
            }
            if ((model.rights(variable) & Bits.INSPECT) == 0) {
                continue;
            }
            if (type == Type.PROCESS) {
                List<Long> info = model.processInfo(variable);
                body.add(
                        "process_is(%d, h(%d), %d, %d, %d, %dL);"
                                .formatted(
                                        number,
                                        variable,
                                        info.get(0),
                                        info.get(1),
                                        info.get(2),
                                        info.get(3)));
            } else if (type == Type.THREAD) {
                List<Long> info = model.threadInfo(variable);
                body.add(
                        "thread_is(%d, h(%d), %#x, %d);"
                                .formatted(number, variable, info.get(0), info.get(1)));
            }
        }
    }

    private static String hex(int bits) {
        return bits == 0 ? "0" : "0x%08xu".formatted(bits);
    }

    private static String h(int variable) {
        return switch (variable) {
            case Step.NONE -> "ZX_HANDLE_INVALID";
            case Step.JUNK -> "JUNK";
            default -> "h(%d)".formatted(variable);
        };
    }

    private static String handles(List<Integer> variables) {
        return variables.isEmpty()
                ? ""
                : ", " + variables.stream().map(Listing::h).collect(Collectors.joining(", "));
    }

    /// @param next the next variable
    private static String call(Step step, int next) {
        String out = "out(%d)".formatted(next);
        String two = out + ", out(%d)".formatted(next + 1);
        return switch (step) {
            case Step.PortCreate(int options) -> "zx_port_create(%d, %s)".formatted(options, out);
            case Step.EventCreate(int options) -> "zx_event_create(%d, %s)".formatted(options, out);
            case Step.EventPairCreate(int options) ->
                    "zx_eventpair_create(%d, %s)".formatted(options, two);
            case Step.ChannelCreate(int options) ->
                    "zx_channel_create(%d, %s)".formatted(options, two);
            case Step.Close(int handle) -> "zx_handle_close(%s)".formatted(h(handle));
            case Step.CloseMany(var all) -> "close_many(%d%s)".formatted(all.size(), handles(all));
            case Step.Duplicate(int handle, int rights) ->
                    "zx_handle_duplicate(%s, %s, %s)".formatted(h(handle), rights(rights), out);
            case Step.Replace(int handle, int rights) ->
                    "zx_handle_replace(%s, %s, %s)".formatted(h(handle), rights(rights), out);
            case Step.Signal(int handle, int clear, int set) ->
                    "zx_object_signal(%s, %s, %s)".formatted(h(handle), hex(clear), hex(set));
            case Step.SignalPeer(int handle, int clear, int set) ->
                    "zx_object_signal_peer(%s, %s, %s)".formatted(h(handle), hex(clear), hex(set));
            case Step.WaitOne(int handle, int signals) ->
                    "zx_object_wait_one(%s, %s, ZX_TIME_INFINITE_PAST, observed())"
                            .formatted(h(handle), hex(signals));
            case Step.WaitMany(var all, int signals) ->
                    "wait_many(%s, %d%s)".formatted(hex(signals), all.size(), handles(all));
            case Step.WaitAsync(int handle, int port, long key, int signals, int options) ->
                    "zx_object_wait_async(%s, %s, %d, %s, %d)"
                            .formatted(h(handle), h(port), key, hex(signals), options);
            case Step.SetName(int handle, var name) ->
                    "zx_object_set_property(%s, ZX_PROP_NAME, text(%s), %d)"
                            .formatted(h(handle), '"' + name + '"', name.length());
            case Step.PortQueue(int port, long key, int count) ->
                    "queue(%s, %d, %d)".formatted(h(port), key, count);
            case Step.PortWait(int port) ->
                    "zx_port_wait(%s, ZX_TIME_INFINITE_PAST, packet())".formatted(h(port));
            case Step.PortCancel(int port, int source, long key) ->
                    "zx_port_cancel(%s, %s, %d)".formatted(h(port), h(source), key);
            case Step.ChannelWrite(int channel, int bytes, var all) ->
                    "write(%s, %d, %d%s)".formatted(h(channel), bytes, all.size(), handles(all));
            case Step.ChannelRead(int channel, int options, int bytes, int count) ->
                    "read(%s, %d, %d, %d)".formatted(h(channel), options, bytes, count);
            case Step.JobCreate(int parent, int options) ->
                    "zx_job_create(%s, %d, %s)".formatted(h(parent), options, out);
            case Step.SetPolicy(int job, int options, var policies) ->
                    "set_policy(%s, %d, %d%s)"
                            .formatted(
                                    h(job),
                                    options,
                                    policies.size(),
                                    policies.stream()
                                            .map(
                                                    one ->
                                                            ", %d, %d"
                                                                    .formatted(
                                                                            one.condition(),
                                                                            one.action()))
                                            .collect(Collectors.joining()));
            case Step.ProcessCreate(int job, int options) ->
                    "process_create(%s, %d, %s)".formatted(h(job), options, out);
            case Step.ThreadCreate(int process, int options) ->
                    "zx_thread_create(%s, name(), 11, %d, %s)".formatted(h(process), options, out);
            case Step.ProcessStart(int process, int thread, var goes, int argument) ->
                    "zx_process_start(%s, %s, %s, 0, %s, %s)"
                            .formatted(
                                    h(process),
                                    h(thread),
                                    goes,
                                    h(argument),
                                    Code.secondArgumentText(goes));
            case Step.ThreadStart(int thread, var goes) ->
                    "zx_thread_start(%s, %s, 0, %s, %s)"
                            .formatted(
                                    h(thread),
                                    goes,
                                    Code.argumentText(goes),
                                    Code.secondArgumentText(goes));
            case Step.GetChild(int handle, int child, int rights) ->
                    "zx_object_get_child(%s, %s, %s, %s)"
                            .formatted(
                                    h(handle),
                                    child < 0 ? "0" : "koid(%d)".formatted(child),
                                    rights(rights),
                                    out);
            case Step.Kill(int task) -> "zx_task_kill(%s)".formatted(h(task));
            case Step.Suspend(int task) -> "zx_task_suspend(%s, %s)".formatted(h(task), out);
            case Step.Bind(int task, int port, long key, int options) ->
                    "zx_task_bind_exception_port(%s, %s, %d, %s)"
                            .formatted(
                                    h(task),
                                    h(port),
                                    key,
                                    options == 1 ? "ZX_EXCEPTION_PORT_DEBUGGER" : options);
            case Step.Resume(int thread, int port, int options) ->
                    "zx_task_resume_from_exception(%s, %s, %s)"
                            .formatted(
                                    h(thread),
                                    h(port),
                                    options == 2 ? "ZX_RESUME_TRY_NEXT" : options);
            case Step.Redirect(int thread, var goes) ->
                    "redirect(%s, %s, %s, %s)"
                            .formatted(
                                    h(thread),
                                    goes,
                                    Code.argumentText(goes),
                                    Code.secondArgumentText(goes));
            case Step.ThreadInfo(int thread) -> "thread_info(%s)".formatted(h(thread));
        };
    }

    private static String rights(int rights) {
        return rights == Bits.SAME_RIGHTS ? "ZX_RIGHT_SAME_RIGHTS" : "0x%x".formatted(rights);
    }
}
