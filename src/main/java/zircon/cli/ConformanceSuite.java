package zircon.cli;

import java.util.function.BooleanSupplier;

/// The conformance suite, which comes in a jar of its own.
public interface ConformanceSuite {
    /// Does what was asked for, and tells on stdout.
    ///
    /// @param request that
    /// @param stopped whether the user wants an end
    /// @return whether all properties held
    /// @throws IllegalArgumentException the request makes no sense; the message says why
    boolean run(ConformanceRequest request, BooleanSupplier stopped);
}
