package zircon.testing;

import zircon.emulation.HandleOrigin;

import java.util.List;
import java.util.function.Predicate;

/// The part of a stack that a test's author has written.
final class UserFrames {
    private static final List<String> OTHERS_CODE =
            List.of("java.", "jdk.", "org.junit.", "net.jqwik.", "org.apache.maven.");
    private static final List<String> OUR_PACKAGES =
            List.of("zircon", "zircon.testing", "zircon.junit", "zircon.jqwik");

    private UserFrames() {}

    /// The frames without those of this library, of the JDK and of test frameworks. When that is
    /// all there is, the frames of this library stay.
    static List<StackTraceElement> of(HandleOrigin origin) {
        List<StackTraceElement> frames =
                without(origin.frames(), frame -> isOthers(frame) || isOurs(frame));
        return frames.isEmpty() ? without(origin.frames(), UserFrames::isOthers) : frames;
    }

    /// A frame as editors know to find it: without its module and class loader.
    static String text(StackTraceElement frame) {
        return "%s.%s(%s:%d)"
                .formatted(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber());
    }

    private static List<StackTraceElement> without(
            List<StackTraceElement> frames, Predicate<StackTraceElement> unwanted) {
        return frames.stream().filter(unwanted.negate()).toList();
    }

    private static boolean isOthers(StackTraceElement frame) {
        return OTHERS_CODE.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private static boolean isOurs(StackTraceElement frame) {
        String type = frame.getClassName();
        return OUR_PACKAGES.contains(type.substring(0, Math.max(0, type.lastIndexOf('.'))));
    }
}
