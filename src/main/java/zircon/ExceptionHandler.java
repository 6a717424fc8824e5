package zircon;

/// What an [ExceptionServer] does about an exception.
@FunctionalInterface
public interface ExceptionHandler {
    /// Decides about one exception. Runs on the server's thread, while the thread that the
    /// exception is about waits; the server asks nobody else in the meantime.
    ///
    /// @param exception what happened, and where; of use until this method returns
    /// @return what becomes of the thread
    /// @throws Exception the exception is passed on to the next handler, and the failure goes to
    ///   [ExceptionServer#onFailure(java.util.function.BiConsumer)]
    Verdict handle(PendingException exception) throws Exception;
}
