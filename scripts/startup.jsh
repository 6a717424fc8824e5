import java.time.Duration;
import zircon.*;
import zircon.emulation.*;

/** The root job. */
var job = Job.defaultJob().orElseThrow();

/** The emulated kernel. */
var kernel = HostEmulation.instance();

/** Prints the kernel's jobs, processes, threads and ports. */
void tree() {
    System.out.print(kernel.snapshot());
}
