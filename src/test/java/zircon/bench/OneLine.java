package zircon.bench;

/// The least that a JVM can do for somebody who waits for it.
final class OneLine {
    private OneLine() {}

    public static void main(String[] args) {
        System.out.println("one line");
    }
}
