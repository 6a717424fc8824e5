/// The benchmarks: what a call costs beside what it costs by other ways, and what the kernel's work
/// costs beside what the machine itself takes for it. `scripts/bench` runs them; the rest of the
/// build leaves this package alone, since it needs JMH and the libraries that it compares with.
///
/// [Bench] is the command, [Catalog] tells what is measured beside what, [Rounds] has JMH measure
/// it, and the benchmarks themselves are the classes named so. What becomes of the numbers is in
/// `zircon.bench.report`, which needs nothing but a JDK and is tested with everything else.
@NullMarked
package zircon.bench;

import org.jspecify.annotations.NullMarked;
