package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import static zircon.sys.zircon_h.ZX_ERR_ACCESS_DENIED;
import static zircon.sys.zircon_h.ZX_ERR_BAD_HANDLE;
import static zircon.sys.zircon_h.ZX_ERR_NO_MEMORY;
import static zircon.sys.zircon_h.ZX_ERR_WRONG_TYPE;
import static zircon.sys.zircon_h.ZX_OK;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// A row of section 13: a call that succeeds, and what can be wrong with it in the order of its
/// checks. [#check()] makes the call with nothing wrong, with each fault alone, and with any two of
/// them, of which the earlier one must decide.
final class CheckOrder {
    private record Step(int status, Consumer<Arguments> fault) {}

    private final Consumer<Arguments> good;
    private final ToIntFunction<Arguments> call;
    private final List<Step> steps = new ArrayList<>();
    private int success = ZX_OK();

    private CheckOrder(Consumer<Arguments> good, ToIntFunction<Arguments> call) {
        this.good = good;
        this.call = call;
    }

    /// @param good puts the arguments with which the call succeeds
    static CheckOrder of(Consumer<Arguments> good, ToIntFunction<Arguments> call) {
        return new CheckOrder(good, call);
    }

    /// What the call returns when nothing is wrong, if not OK.
    CheckOrder elseReturns(int status) {
        success = status;
        return this;
    }

    /// The next check: with this fault the call returns this status.
    CheckOrder step(int status, Consumer<Arguments> fault) {
        steps.add(new Step(status, fault));
        return this;
    }

    /// The next check: with this value of an argument the call returns this status.
    CheckOrder step(int status, String argument, long value) {
        return step(status, arguments -> arguments.put(argument, value));
    }

    /// The checks of `H[argument: rights, type]`. What lacks the rights is of a wrong type as well,
    /// and so is what has all rights there are.
    CheckOrder lookup(String argument) {
        return lookupAny(argument)
                .step(
                        ZX_ERR_WRONG_TYPE(),
                        with -> with.put(argument, with.handle(with.zx.event(), Arguments.ALL)));
    }

    /// The checks of `H[argument: rights, any]`.
    CheckOrder lookupAny(String argument) {
        return step(ZX_ERR_BAD_HANDLE(), argument, Arguments.BAD)
                .step(
                        ZX_ERR_ACCESS_DENIED(),
                        with -> with.put(argument, with.handle(with.zx.event(), 0)));
    }

    /// The checks of `H0[argument: type]`, for which no rights will do.
    CheckOrder lookupWithoutRights(String argument) {
        return step(ZX_ERR_BAD_HANDLE(), argument, Arguments.BAD)
                .step(
                        ZX_ERR_WRONG_TYPE(),
                        with -> with.put(argument, with.handle(with.zx.event(), 0)));
    }

    /// The next check: there is no memory for the `count`-th allocation.
    CheckOrder noMemory(int count) {
        return step(ZX_ERR_NO_MEMORY(), "allocation that fails", count);
    }

    void check() {
        assertThat(result(List.of())).as("with nothing wrong").isEqualTo(success);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(result(List.of(steps.get(i))))
                    .as("fault %d alone", i)
                    .isEqualTo(steps.get(i).status);
            for (int j = i + 1; j < steps.size(); j++) {
                List<Step> both = List.of(steps.get(i), steps.get(j));
                if (compatible(both)) {
                    assertThat(result(both))
                            .as("faults %d and %d", i, j)
                            .isEqualTo(steps.get(i).status);
                }
            }
        }
    }

    /// Whether two faults can be had at once: they are not two values of one argument.
    private boolean compatible(List<Step> both) {
        Arguments first = new Arguments();
        good.accept(first);
        first.forgetPuts();
        both.get(0).fault.accept(first);
        Arguments second = new Arguments();
        good.accept(second);
        second.forgetPuts();
        both.get(1).fault.accept(second);
        boolean compatible = Collections.disjoint(first.puts(), second.puts());
        first.end();
        second.end();
        return compatible;
    }

    private int result(List<Step> faults) {
        var arguments = new Arguments();
        good.accept(arguments);
        for (Step step : faults.reversed()) {
            step.fault.accept(arguments);
        }
        arguments.arm();
        int result = TestSyscalls.status(() -> call.applyAsInt(arguments));
        arguments.end();
        return result;
    }
}
