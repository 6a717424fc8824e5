package zircon.bench;

/// Binding by hand-written JNI: see src/test/c/bench/peers.c.
final class Jni {
    static {
        Libraries.load();
    }

    private Jni() {}

    static native int bind(int task, int port, long key, int options);

    static native int bindInC(int task, int port, long key, int calls);

    static native int bindAndUnbindInC(int task, int port, long key, int times);
}
