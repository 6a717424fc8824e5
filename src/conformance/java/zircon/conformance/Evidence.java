package zircon.conformance;

/// What the trials have shown, for the report.
///
/// Thread-safe.
public interface Evidence {
    /// A step of a trial begins; if nothing follows, the library hangs or has crashed in it.
    ///
    /// @param number of the step, from 1
    default void begins(int number) {}

    /// A call was made under a condition of the order of checks (section 13).
    ///
    /// @param call `zx_task_bind_exception_port`
    /// @param condition what was wrong, in a word or two; `none` if nothing was
    /// @param expected the name of the status that the specification says, `ZX_ERR_BAD_HANDLE`
    /// @param actual the name of the status that the library gave
    void call(String call, String condition, String expected, String actual);

    /// An exception exchange went from one state to the next.
    ///
    /// @param from the state before, in the words of the table of X-5
    /// @param event what happened
    /// @param to the state after
    void exchange(String from, String event, String to);

    /// A handler was asked.
    ///
    /// @param place in the search, from 1
    /// @param level whose slot: `process debugger`, `thread`, `process`, `job`, `job's parent`, …
    void asked(int place, String level);

    /// For distributions: a trial has a feature.
    ///
    /// @param what is counted, such as `exceptions in a program`
    /// @param value its value, as text
    void classify(String what, String value);
}
