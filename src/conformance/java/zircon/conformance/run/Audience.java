package zircon.conformance.run;

import zircon.conformance.report.PropertyReport;

/// Whoever looks on while properties run.
interface Audience {
    /// A property is under way.
    ///
    /// @param index which one, from 0
    /// @param name what it is called
    /// @param planned how many trials it has
    /// @param tried how many have ended
    /// @param failing how many of these failed
    void sees(int index, String name, long planned, long tried, long failing);

    /// A property has ended.
    ///
    /// @param report what it showed
    void ended(PropertyReport report);
}
