package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_EVENT_SIGNALED;
import static zircon.sys.zircon_h.ZX_OK;

/// [PortCalls] to a kernel.
final class KernelPort implements PortCalls {
    private final Kernel kernel = new Kernel(new FakeClock(1_000, 5_000), new FakeMachine());
    private final ThreadDispatcher caller = kernel.attachHostThread("caller");
    private final PortDispatcher port;
    private final Handle portHandle;
    private final Handle event;
    private final ExceptionSlot slot = kernel.rootJob().exceptionSlot(false);

    KernelPort() {
        try (var _ = kernel.lock()) {
            port = new PortDispatcher(kernel);
            portHandle = kernel.handles().make(port, 0);
            event = kernel.handles().make(new EventDispatcher(kernel), 0);
        }
    }

    private int status(Runnable action) {
        try (var _ = kernel.lock()) {
            action.run();
            return ZX_OK();
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    @Override
    public int queue(int key) {
        return status(() -> port.queue(new PortPacket.UserPacket(key, 0, 0, 0, 0, 0)));
    }

    @Override
    public int read() {
        try (var _ = kernel.lock()) {
            return (int) port.read(caller, 0).key();
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    @Override
    public int await(int key) {
        return status(() -> AsyncWait.begin(port, event, key, ZX_EVENT_SIGNALED(), false));
    }

    @Override
    public int pulse() {
        return status(
                () -> {
                    event.object().signals().change(0, ZX_EVENT_SIGNALED());
                    event.object().signals().change(ZX_EVENT_SIGNALED(), 0);
                });
    }

    @Override
    public int cancel(int key) {
        return status(() -> port.cancel(event, key));
    }

    @Override
    public int bind() {
        return status(
                () -> {
                    if (port.handleCount() == 0) {
                        throw Refusal.BAD_HANDLE;
                    }
                    kernel.rootJob().bindExceptionPort(false, port, 0);
                });
    }

    @Override
    public int unbind() {
        return status(slot::unbind);
    }

    @Override
    public int close() {
        return status(() -> kernel.handles().close(portHandle));
    }
}
