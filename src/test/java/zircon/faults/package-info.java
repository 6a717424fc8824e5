/// Kernels with a bug that was put there on purpose, to see whether it is found: `mvn -Pfaults
/// verify`.
@NullMarked
package zircon.faults;

import org.jspecify.annotations.NullMarked;
