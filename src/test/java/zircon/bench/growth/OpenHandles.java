package zircon.bench.growth;

import zircon.Event;
import zircon.Job;
import zircon.Port;
import zircon.Rights;
import zircon.emulation.HostEmulation;
import zircon.sys.zircon_h;

/// Open handles, while a task is bound and unbound, or one more handle is made and closed.
final class OpenHandles implements Load {
    private static final int LIMIT = 262_144; // of the system

    /// What is timed.
    enum Operation {
        BIND,
        DUPLICATE
    }

    private final Operation operation;
    private final Job task = Tasks.newJob();
    private final Port port = Port.create().orElseThrow();
    // Numbers alone, so that the heap grows by what the kernel has of a handle.
    private final int[] open = new int[LIMIT];
    private final int others = HostEmulation.instance().openHandles();
    private int count;

    OpenHandles(Operation operation) {
        this.operation = operation;
    }

    @Override
    public void resize(int size) {
        while (count + others < size) {
            open[count] = another(count);
            count++;
        }
        while (count > 0 && count + others > size) {
            count--;
            Tasks.require(zircon_h.zx_handle_close(open[count]));
        }
    }

    /// Half are handles to the very task, half to objects of their own: neither what an object
    /// knows of its handles may grow, nor what the kernel knows of its objects.
    private int another(int index) {
        return (index % 2 == 0 ? task.duplicate(Rights.SAME_RIGHTS) : Event.create())
                .orElseThrow()
                .raw();
    }

    @Override
    public void run(int operations) {
        for (int i = 0; i < operations; i++) {
            switch (operation) {
                case BIND -> Tasks.bindAndUnbind(task, port);
                case DUPLICATE -> task.duplicate(Rights.SAME_RIGHTS).orElseThrow().close();
            }
        }
    }

    @Override
    public void close() {
        resize(0);
        task.close();
        port.close();
    }
}
