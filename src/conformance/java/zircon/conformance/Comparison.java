package zircon.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.conformance.model.Bits;
import zircon.conformance.model.Model;
import zircon.conformance.model.Status;
import zircon.conformance.model.Type;
import zircon.sys.zircon_h;

import java.util.List;

/// Compares what can be observed of a program's objects with the model.
final class Comparison {
    private final World world;
    private final Queries queries;

    Comparison(World world, Queries queries) {
        this.world = world;
        this.queries = queries;
    }

    /// All that the handles show.
    void compare(Model model) throws Deviation {
        for (int variable = 0; variable < model.variables(); variable++) {
            int valid = queries.info(world.number(variable), zircon_h.ZX_INFO_HANDLE_VALID(), 0);
            world.require(
                    "H-8",
                    "h" + variable + " is",
                    model.isLive(variable) ? "ZX_OK" : "ZX_ERR_BAD_HANDLE",
                    Status.nameOf(valid));
        }
        for (int variable = 0; variable < model.variables(); variable++) {
            if (model.isLive(variable)) {
                compare(variable, model);
            }
        }
    }

    private void compare(int variable, Model model) throws Deviation {
        String name = "h" + variable;
        Type type = model.type(variable);
        int rights = model.rights(variable);
        int status = queries.info(world.number(variable), zircon_h.ZX_INFO_HANDLE_BASIC(), 32);
        world.require("I-7", name + ": handle info", 0, status);
        world.require(
                "I-7",
                name + ": koid",
                world.koidOf(model.object(variable)),
                queries.record().get(JAVA_LONG, 0));
        world.require("H-4", name + ": rights", rights, queries.record().get(JAVA_INT, 8));
        world.require("I-7", name + ": type", type.number(), queries.record().get(JAVA_INT, 12));
        long related = world.koidOf(model.related(variable));
        if (related != 0) {
            world.require(
                    "I-7", name + ": related koid", related, queries.record().get(JAVA_LONG, 16));
        }
        world.require(
                "I-7",
                name + ": waitable",
                type.waitable() ? 1 : 0,
                queries.record().get(JAVA_INT, 24));
        if ((rights & Bits.WAIT) != 0 && type.waitable()) {
            int waited =
                    zircon_h.zx_object_wait_one(
                            world.number(variable), 0, Long.MIN_VALUE, queries.record());
            world.require(
                    "W-4",
                    name + ": looking at its signals",
                    "ZX_ERR_TIMED_OUT",
                    Status.nameOf(waited));
            world.require(
                    signalRule(type),
                    name + ": signals",
                    "%#x".formatted(model.signals(variable)),
                    "%#x".formatted(queries.record().get(JAVA_INT, 0)));
        }
        if ((rights & Bits.GET_PROPERTY) != 0) {
            compareName(variable, name, model);
        }
        if ((rights & Bits.INSPECT) != 0) {
            int counted = queries.info(world.number(variable), zircon_h.ZX_INFO_HANDLE_COUNT(), 4);
            world.require("I-7", name + ": handle count", "ZX_OK", Status.nameOf(counted));
            world.require(
                    "I-7",
                    name + ": handles",
                    model.handles(variable),
                    queries.record().get(JAVA_INT, 0));
            if (type == Type.PROCESS) {
                compareProcess(variable, name, model);
            } else if (type == Type.THREAD) {
                compareThread(variable, name, model);
            }
        }
        if ((rights & Bits.ENUMERATE) != 0) {
            if (type == Type.PROCESS) {
                compareList(
                        "R-7",
                        name + ": threads",
                        variable,
                        zircon_h.ZX_INFO_PROCESS_THREADS(),
                        model.children(variable));
            } else if (type == Type.JOB) {
                compareList(
                        "J-5",
                        name + ": child jobs",
                        variable,
                        zircon_h.ZX_INFO_JOB_CHILDREN(),
                        model.children(variable));
                compareList(
                        "J-7",
                        name + ": processes",
                        variable,
                        zircon_h.ZX_INFO_JOB_PROCESSES(),
                        model.processes(variable));
            }
        }
    }

    private static String signalRule(Type type) {
        return switch (type) {
            case THREAD -> "T-1";
            case PROCESS -> "R-6";
            case JOB -> "J-4";
            case CHANNEL -> "K-1";
            case EVENTPAIR -> "K-5";
            default -> "W-1";
        };
    }

    private void compareName(int variable, String name, Model model) throws Deviation {
        int status =
                zircon_h.zx_object_get_property(
                        world.number(variable), zircon_h.ZX_PROP_NAME(), queries.record(), 32);
        world.require("I-8", name + ": name", "ZX_OK", Status.nameOf(status));
        world.require("I-8", name + ": name", model.name(variable), queries.record().getString(0));
    }

    private void compareProcess(int variable, String name, Model model) throws Deviation {
        int status = queries.info(world.number(variable), zircon_h.ZX_INFO_PROCESS(), 16);
        world.require("R-1", name + ": process info", "ZX_OK", Status.nameOf(status));
        List<Long> seen =
                List.of(
                        (long) queries.record().get(JAVA_BYTE, 8),
                        (long) queries.record().get(JAVA_BYTE, 9),
                        (long) queries.record().get(JAVA_BYTE, 10),
                        queries.record().get(JAVA_LONG, 0));
        world.require(
                "R-1",
                name + ": started, exited, debugger attached, return code",
                model.processInfo(variable),
                seen);
    }

    private void compareThread(int variable, String name, Model model) throws Deviation {
        int status = queries.info(world.number(variable), zircon_h.ZX_INFO_THREAD(), 8);
        world.require("I-1", name + ": thread info", "ZX_OK", Status.nameOf(status));
        world.require(
                "I-1",
                name + ": state, type of the port that it waits for",
                model.threadInfo(variable),
                List.of(
                        (long) queries.record().get(JAVA_INT, 0),
                        (long) queries.record().get(JAVA_INT, 4)));
        int reported =
                queries.info(
                        world.number(variable), zircon_h.ZX_INFO_THREAD_EXCEPTION_REPORT(), 32);
        int report = model.report(variable);
        world.require(
                "X-21",
                name + ": exception report",
                report == 0 ? "ZX_ERR_BAD_STATE" : "ZX_OK",
                Status.nameOf(reported));
        if (report != 0) {
            world.require(
                    "X-21",
                    name + ": size, type in the report",
                    List.of(32, report),
                    List.of(queries.record().get(JAVA_INT, 0), queries.record().get(JAVA_INT, 4)));
        }
    }

    private void compareList(
            String rule, String what, int variable, int topic, List<Integer> objects)
            throws Deviation {
        try {
            List<Long> seen = queries.koids(world.number(variable), topic);
            world.require(rule, what, objects.stream().map(world::koidOf).toList(), seen);
        } catch (Queries.Refused refused) {
            world.require("I-6", what, "ZX_OK", refused.status());
        }
    }
}
