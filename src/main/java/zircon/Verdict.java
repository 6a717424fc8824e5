package zircon;

/// What a handler of an [ExceptionServer] decides about an exception.
public enum Verdict {
    /// The thread goes on, with the registers that it now has.
    HANDLED(Resume.HANDLED),
    /// Not handled here: the next handler is asked. When none is left, the process is killed.
    ///
    /// For what only debuggers are told (a process or thread starts, a thread exits) there is no
    /// next handler: the thread goes on, as with [#HANDLED] (section 9.4 of the rules).
    TRY_NEXT(Resume.TRY_NEXT),
    /// The process is killed, with all of its threads. No other handler is asked.
    KILL(Resume.TRY_NEXT),
    /// The thread alone is killed. No other handler is asked. A process whose last thread ends this
    /// way has return code 0.
    KILL_THREAD(Resume.TRY_NEXT);

    private final Resume answer;

    Verdict(Resume answer) {
        this.answer = answer;
    }

    /// What the thread is told in the end. A killed one has to be told something too: a thread that
    /// is held on its way out does not let go otherwise (T-4).
    Resume answer() {
        return answer;
    }
}
