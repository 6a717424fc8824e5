/// Runs properties: trials by seed and shard, shrinking, time limits, in a JVM that may die.
@NullMarked
package zircon.conformance.run;

import org.jspecify.annotations.NullMarked;
