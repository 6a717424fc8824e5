/// How a kernel gets behind the bundled gate. Programs have no use for this package.
@NullMarked
package zircon.spi;

import org.jspecify.annotations.NullMarked;
