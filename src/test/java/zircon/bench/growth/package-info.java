/// What grows, and what a thing takes in memory: the code of the JVMs that measure it.
///
/// These are no JMH benchmarks. JMH would take a JVM for each size, and what differs between two
/// JVMs is more than what a curve is to show. Here, one JVM visits all sizes of a curve: up, down,
/// and up again, so that what the machine does meanwhile falls on all of them, and a slope or a
/// ratio is taken from times of the same code, compiled once. The load between two sizes is added
/// or taken away, which costs little: 250,000 handles are opened within a tenth of a second.
///
/// Each curve has a JVM of its own, so that nothing has to live with what another one has left: its
/// heap, and what the compiler has made of the kernel. As with the other benchmarks there is one in
/// each round, and the rounds are the draws from which the error comes.
///
/// Where threads wake each other and one at a time is awake, all of them are on one processor, as
/// in the benchmark of exceptions; those that are to be many at once have all processors.
///
/// [GrowthFork] is the JVM, [Sweep] takes the times, [Load] is what grows, [Footprints] is memory.
/// Nothing here needs JMH, so it is built and tried with everything else.
@NullMarked
package zircon.bench.growth;

import org.jspecify.annotations.NullMarked;
