/// The benchmarks: what a call costs beside what it costs by other ways, and what the kernel's work
/// costs beside what the machine itself takes for it. `scripts/bench` runs them; the rest of the
/// build leaves this package alone, since it needs JMH and the libraries that it compares with.
///
/// [Bench] is the command, `zircon.bench.plan.Catalog` tells what is measured beside what, [Rounds]
/// has JMH measure it, and the benchmarks themselves are the classes named so. What becomes of the
/// numbers is in `zircon.bench.report`; that package and `zircon.bench.plan` are built and tested
/// with everything else.
///
/// To measure more, write a benchmark and name it in the catalog, beside what it is to be compared
/// with. How time grows with a size is not JMH's: [GrowthRounds] has the JVMs of
/// `zircon.bench.growth` measure the curves of `zircon.bench.plan.Curves`; the reasons are there.
@NullMarked
package zircon.bench;

import org.jspecify.annotations.NullMarked;
