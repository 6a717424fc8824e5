package zircon.bench.plan;

/// What is weighed.
public enum Thing {
    HANDLE("open handle", false),
    BINDING("binding", false),
    THREAD("thread, created, with its handle", false),
    GUEST("native guest, started: process, thread, their handles, a binding", true),
    PACKET("queued packet", false);

    private final String title;
    private final boolean outside;

    Thing(String title, boolean outside) {
        this.title = title;
        this.outside = outside;
    }

    /// For a person.
    public String title() {
        return title;
    }

    /// Whether it takes memory outside of Java's heap, too.
    public boolean isOutside() {
        return outside;
    }
}
