package zircon.conformance.run;

import zircon.conformance.Deviation;
import zircon.conformance.Evidence;
import zircon.conformance.Property;
import zircon.conformance.report.Cell;
import zircon.conformance.report.Edge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Properties that hold, fail, hang and die.
public final class FakeCatalog implements Catalog {
    /// Nobody opens it.
    private static final CountDownLatch CLOSED = new CountDownLatch(1);

    static final Property SOUND = new FakeProperty("fake.sound", FakeCatalog::sound);
    static final Property TOO_MANY = new FakeProperty("fake.too-many", FakeCatalog::tooMany);
    static final Property OURS = new FakeProperty("fake.ours", true, 60, FakeCatalog::sound);
    static final Property HANGING = new FakeProperty("fake.hanging", FakeCatalog::hang);
    static final Property DEADLY = new FakeProperty("fake.deadly", FakeCatalog::die);
    static final Property STRANGE = new FakeProperty("fake.strange", FakeCatalog::throwUp);
    static final Property LAST = new FakeProperty("fake.last", FakeCatalog::sound);

    /// Made by its name.
    public FakeCatalog() {}

    @Override
    public List<Property> properties() {
        return List.of(SOUND, TOO_MANY, OURS, HANGING, DEADLY, STRANGE, LAST);
    }

    @Override
    public List<Cell> cells() {
        return List.of(
                new Cell("zx_fake", "bad handle", "ZX_ERR_BAD_HANDLE"),
                new Cell("zx_fake", "none", "ZX_OK"),
                new Cell("zx_fake", "never", "ZX_ERR_NO_MEMORY"));
    }

    @Override
    public List<Edge> edges() {
        return List.of(
                new Edge("idle", "slot's turn", "unanswered"),
                new Edge("unanswered", "answer", "handled"),
                new Edge("unanswered", "suspend", "unanswered"),
                new Edge("handled", "thread runs", "idle"));
    }

    private static void sound(List<Integer> numbers, Evidence evidence) {
        boolean isBad = numbers.contains(7);
        String status = isBad ? "ZX_ERR_BAD_HANDLE" : "ZX_OK";
        evidence.call("zx_fake", isBad ? "bad handle" : "none", status, status);
        evidence.exchange("idle", "slot's turn", "unanswered");
        evidence.exchange("unanswered", "answer", "handled");
        evidence.asked(
                1 + numbers.size() % 3,
                List.of("thread", "process", "job").get(numbers.size() % 3));
    }

    private static void tooMany(List<Integer> numbers, Evidence evidence) throws Deviation {
        sound(numbers, evidence);
        long great = numbers.stream().filter(number -> number > 50).count();
        if (great >= 5) {
            throw new Deviation("B-4", numbers.size(), "no 5 great numbers", "5 <great> ones");
        }
        if (great == 3) {
            throw new Deviation("X-5", numbers.size(), "no 3 great numbers", "3 & more");
        }
    }

    private static void hang(List<Integer> numbers, Evidence evidence) {
        if (numbers.size() == 7) {
            evidence.begins(3);
            try {
                CLOSED.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void die(List<Integer> numbers, Evidence evidence) {
        if (numbers.size() == 7) {
            evidence.begins(4);
            System.err.println("last words");
            Runtime.getRuntime().halt(3);
        }
    }

    private static void throwUp(List<Integer> numbers, Evidence evidence) {
        if (numbers.size() >= 5) {
            throw new UnsupportedOperationException("numbers\u0000 are " + numbers);
        }
    }

    /// A property that fails in many ways.
    static List<Property> failing(int ways) {
        List<Property> properties = new ArrayList<>();
        for (int i = 0; i < ways; i++) {
            String rule = "F-" + i;
            properties.add(
                    new FakeProperty(
                            "fake.failing-" + i,
                            false,
                            20,
                            (numbers, evidence) -> {
                                sound(numbers, evidence);
                                if (numbers.size() > 4) {
                                    throw new Deviation(rule, 5, "at most 4 numbers", "more");
                                }
                            }));
        }
        return properties;
    }
}
