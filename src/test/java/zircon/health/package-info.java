/// The JVM stays well beside guests that fault, whatever programs pass to the kernel and however
/// they end.
@NullMarked
package zircon.health;

import org.jspecify.annotations.NullMarked;
