package zircon.testing;

import zircon.Job;
import zircon.Port;
import zircon.emulation.HostEmulation;

import java.lang.reflect.Parameter;

/// What a kernel can hand to a test as a parameter: the rules that `zircon.junit` and
/// `zircon.jqwik` share.
///
/// | type | what the test gets |
/// |---|---|
/// | [TestKernel] | the kernel itself |
/// | [Job] | the test's own job, in which its guests live |
/// | [Job] with [Root] | the root job |
/// | [Port] | a new port |
/// | [Guests] | who makes guests |
/// | [FakeClock] | the clock; that the test asks for it is what makes it stand still |
/// | [HostEmulation] | all else that can be steered |
///
/// Handles are closed at the end of the test.
public final class Parameters {
    private Parameters() {}

    /// Tells whether the parameter is the kernel's to fill: it has one of the types above, or is a
    /// mistake that [#resolve] explains.
    ///
    /// @param parameter of a test
    /// @return whether [#resolve] may be called
    public static boolean supports(Parameter parameter) {
        Class<?> type = parameter.getType();
        String home = type.getPackageName();
        return parameter.isAnnotationPresent(Root.class)
                || type == HostEmulation.class
                || home.equals("zircon.testing")
                || (home.equals("zircon") && AutoCloseable.class.isAssignableFrom(type));
    }

    /// Whether a test with these parameters wants a clock that stands still.
    ///
    /// @param parameters all of the test's
    /// @return whether there is a [FakeClock] among them
    public static boolean wantFakeClock(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            if (parameter.getType() == FakeClock.class) {
                return true;
            }
        }
        return false;
    }

    /// What the parameter gets.
    ///
    /// @param parameter one that is supported
    /// @param kernel of the test
    /// @return the argument
    /// @throws IllegalArgumentException nothing of this type can be had; the message says what can
    public static Object resolve(Parameter parameter, TestKernel kernel) {
        Class<?> type = parameter.getType();
        if (parameter.isAnnotationPresent(Root.class)) {
            if (type != Job.class) {
                throw new IllegalArgumentException(
                        "@Root stands at a parameter of type zircon.Job, and this is one of type %s."
                                .formatted(type.getName()));
            }
            return kernel.rootJob();
        }
        if (type == TestKernel.class) {
            return kernel;
        } else if (type == Job.class) {
            return kernel.job();
        } else if (type == Port.class) {
            return kernel.port();
        } else if (type == Guests.class) {
            return kernel.guests();
        } else if (type == HostEmulation.class) {
            return kernel.emulation();
        } else if (type == FakeClock.class) {
            return kernel.fakeClock()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "The clock of this test is the system's. It stands"
                                                + " still when the test method or the constructor"
                                                + " has a parameter of type FakeClock."));
        }
        throw new IllegalArgumentException(
                "A test can ask for Job, @Root Job, Port, Guests, FakeClock, TestKernel or HostEmulation, not for a %s; make it from these."
                        .formatted(type.getName()));
    }
}
