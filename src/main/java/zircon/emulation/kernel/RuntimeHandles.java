package zircon.emulation.kernel;

import static zircon.sys.zircon_h.ZX_DEFAULT_VMAR_RIGHTS;
import static zircon.sys.zircon_h.ZX_RIGHTS_IO;
import static zircon.sys.zircon_h.ZX_RIGHT_EXECUTE;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What a process's run-time library keeps for it (I-11): real handles of the process, which no
/// leak check counts. They are made when first asked for, so that a process that never asks is as
/// its maker left it.
public final class RuntimeHandles {
    private final ProcessDispatcher process;
    private final List<StartupHandle> startup = new ArrayList<>();
    private boolean knowsJob;
    private @Nullable Handle processSelf;
    private @Nullable Handle jobDefault;
    private @Nullable Handle rootVmar;

    RuntimeHandles(ProcessDispatcher process) {
        this.process = process;
    }

    /// Lets the process have its job as `zx_job_default()`.
    void giveJob() {
        knowsJob = true;
    }

    void give(StartupHandle entry) {
        process.handles().keep(entry.handle());
        startup.add(entry);
    }

    /// The number of its handle to itself; 0 if there is no memory for it.
    public int processSelf() {
        if (processSelf == null) {
            processSelf = keep(process, ObjectType.PROCESS.defaultRights());
        }
        return valueOf(processSelf);
    }

    /// The number of its handle to its job; 0 if it was given none.
    public int jobDefault() {
        if (jobDefault == null && knowsJob) {
            jobDefault = keep(process.job(), ObjectType.JOB.defaultRights());
        }
        return valueOf(jobDefault);
    }

    /// The number of its handle to its address region; 0 if there is no memory for it.
    public int rootVmar() {
        if (rootVmar == null) {
            rootVmar = keep(process.rootVmar(), rootVmarRights());
        }
        return valueOf(rootVmar);
    }

    /// The rights that a process's maker gets on its address region.
    public static int rootVmarRights() {
        return ZX_DEFAULT_VMAR_RIGHTS() | ZX_RIGHTS_IO() | ZX_RIGHT_EXECUTE();
    }

    /// Hands out the first startup handle with this information word, once; 0 if there is none.
    public int take(int info) {
        for (StartupHandle entry : startup) {
            if (entry.info() == info) {
                startup.remove(entry);
                process.handles().unkeep(entry.handle());
                return process.handles().valueOf(entry.handle());
            }
        }
        return 0;
    }

    @Nullable Handle keep(Dispatcher object, int rights) {
        try {
            Handle handle = process.kernel().handles().make(object, rights);
            process.handles().keep(handle);
            return handle;
        } catch (Refusal _) {
            return null;
        }
    }

    private int valueOf(@Nullable Handle handle) {
        return handle == null ? 0 : process.handles().valueOf(handle);
    }
}
