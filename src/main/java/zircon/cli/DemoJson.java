package zircon.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import zircon.ExceptionReport;
import zircon.GeneralRegisters;
import zircon.GeneralRegisters.Register;
import zircon.ThreadInfo;
import zircon.cli.DemoFacts.Asked;
import zircon.cli.DemoFacts.Binding;
import zircon.cli.DemoFacts.Ending;
import zircon.cli.DemoFacts.Guest;
import zircon.cli.DemoFacts.Handled;
import zircon.cli.DemoFacts.Named;

import java.util.List;
import java.util.function.Function;

/// The demo's facts as one JSON object. Addresses and registers are hexadecimal texts: not every
/// reader of JSON keeps 64 bits.
final class DemoJson {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private DemoJson() {}

    static String of(DemoFacts facts, List<String> problems) {
        Handled handled = facts.handled();
        JsonObject json = new JsonObject();
        json.addProperty("ok", problems.isEmpty());
        json.add("problems", array(problems, GSON::toJsonTree));
        json.add("job", named(facts.job()));
        json.add("process", named(handled.process()));
        json.add("thread", thread(handled));
        json.add("guest", guest(handled.guest()));
        json.add("bindings", array(handled.bindings(), DemoJson::binding));
        json.add("search", array(handled.search(), DemoJson::asked));
        json.add("report", report(handled.report()));
        json.add("registers", registers(handled.registers()));
        json.add("repair", repair(handled));
        json.add("handled", ending(handled.ending()));
        json.add("unhandled", ending(facts.unhandled()));
        json.addProperty("openHandles", facts.openHandles());
        return GSON.toJson(json);
    }

    private static <T> JsonArray array(
            List<T> items, Function<T, ? extends com.google.gson.JsonElement> toJson) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(toJson.apply(item)));
        return array;
    }

    private static JsonObject named(Named object) {
        JsonObject json = new JsonObject();
        json.addProperty("koid", object.koid().value());
        json.addProperty("name", object.name());
        return json;
    }

    private static JsonObject thread(Handled handled) {
        JsonObject json = named(handled.thread());
        json.add("created", info(handled.created()));
        json.add("started", info(handled.guest().started()));
        return json;
    }

    private static JsonObject info(ThreadInfo info) {
        JsonObject json = new JsonObject();
        json.addProperty("state", info.state().toString());
        json.addProperty("waitExceptionPortType", info.waitExceptionPortType().toString());
        return json;
    }

    private static JsonObject guest(Guest guest) {
        JsonObject json = new JsonObject();
        json.addProperty("function", guest.function());
        json.addProperty("address", Words.hex(guest.address()));
        json.addProperty("factor", guest.factor());
        json.addProperty("badAddress", Words.hex(guest.badAddress()));
        return json;
    }

    private static JsonObject binding(Binding binding) {
        JsonObject json = new JsonObject();
        json.addProperty("slot", binding.slot().toString());
        json.addProperty("port", binding.port().value());
        json.addProperty("key", binding.key());
        return json;
    }

    private static JsonObject asked(Asked asked) {
        JsonObject packet = new JsonObject();
        packet.addProperty("key", asked.packet().key());
        packet.addProperty("type", asked.packet().type().toString());
        packet.addProperty("typeNumber", asked.packet().type().raw());
        packet.addProperty("status", asked.packet().status());
        packet.addProperty("process", asked.packet().process().value());
        packet.addProperty("thread", asked.packet().thread().value());
        JsonObject json = new JsonObject();
        json.add("packet", packet);
        json.add("thread", info(asked.waiting()));
        json.addProperty("answer", asked.answer().toString());
        return json;
    }

    private static JsonObject report(ExceptionReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("type", report.type().toString());
        json.addProperty("vector", report.vector());
        json.addProperty("errorCode", report.errorCode());
        json.addProperty("cr2", Words.hex(report.cr2()));
        return json;
    }

    private static JsonObject registers(GeneralRegisters registers) {
        JsonObject json = new JsonObject();
        for (Register register : Register.values()) {
            json.addProperty(register.toString(), Words.hex(registers.value(register)));
        }
        return json;
    }

    private static JsonObject repair(Handled handled) {
        JsonObject json = new JsonObject();
        json.addProperty("register", Register.RAX.toString());
        json.addProperty("before", Words.hex(handled.registers().value(Register.RAX)));
        json.addProperty("after", Words.hex(handled.repaired()));
        return json;
    }

    private static JsonObject ending(Ending ending) {
        JsonObject json = named(ending.process());
        json.add("said", array(ending.said(), GSON::toJsonTree));
        json.addProperty("terminated", ending.terminated());
        json.addProperty("returnCode", ending.returnCode());
        return json;
    }
}
