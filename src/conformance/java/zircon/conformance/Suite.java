package zircon.conformance;

import java.util.EnumSet;
import java.util.List;

/// All properties.
public final class Suite {
    private Suite() {}

    /// The properties, in the order in which a person would read them.
    ///
    /// @return all
    public static List<Property> properties() {
        return List.of(
                new ProgramProperty(
                        "objects.agree-with-the-model",
                        "Handles, ports, waits, signals, events, eventpairs and channels do what"
                                + " the model says.",
                        List.of(
                                "C-1", "C-3", "H-1", "H-2", "H-3", "H-4", "H-5", "H-6", "H-7",
                                "H-8", "H-9", "H-10", "W-1", "W-2", "W-3", "W-4", "W-6", "W-7",
                                "P-1", "P-2", "P-3", "P-4", "P-5", "P-6", "P-7", "P-8", "P-9",
                                "P-10", "P-11", "P-12", "P-13", "P-15", "K-1", "K-2", "K-3", "K-4",
                                "K-5", "I-7"),
                        false,
                        5000,
                        Move.OBJECTS,
                        100),
                new ProgramProperty(
                        "tasks.agree-with-the-model",
                        "Jobs, processes and threads that never run, and their exception ports, do"
                                + " what the model says.",
                        List.of(
                                "C-6", "P-15", "J-1", "J-2", "J-3", "J-4", "J-5", "J-6", "J-7",
                                "J-8", "J-9", "R-1", "R-5", "R-8", "R-9", "T-3", "S-1", "S-2",
                                "B-1", "B-2", "B-3", "B-4", "B-5", "B-6", "B-7", "B-8", "B-12",
                                "I-8", "I-9", "I-10"),
                        false,
                        4000,
                        Move.TASKS,
                        80),
                new ProgramProperty(
                        "exceptions.agree-with-the-model",
                        "Threads that fault, are answered, suspended and killed, and their"
                                + " handlers, do what the model says.",
                        List.of(
                                "C-4", "H-13", "P-2", "J-10", "J-11", "R-2", "R-3", "R-4", "R-6",
                                "R-7", "T-1", "T-2", "T-4", "T-5", "S-4", "S-5", "S-6", "S-7",
                                "S-8", "B-9", "B-10", "B-11", "B-13", "B-14", "X-1", "X-2", "X-3",
                                "X-4", "X-5", "X-6", "X-9", "X-10", "X-11", "X-12", "X-13", "X-14",
                                "X-16", "X-17", "X-18", "X-19", "X-20", "X-21", "Q-1", "Q-4", "Q-5",
                                "Q-6", "Q-8", "Q-9", "Q-10", "Q-11", "Q-12", "I-1"),
                        true,
                        4000,
                        Move.EXCEPTIONS,
                        60),
                new ProgramProperty(
                        "everything.agrees-with-the-model",
                        "Whatever a program calls, the library does what the model says.",
                        List.of("C-1", "C-6", "H-8", "P-15", "J-5", "B-9", "X-5", "Q-9"),
                        true,
                        2000,
                        EnumSet.allOf(Move.Kind.class),
                        100),
                new RaceProperty(),
                new OrderProperty());
    }
}
