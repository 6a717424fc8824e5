/// What tests of the whole way share: guests, ports, the check that a test leaves nothing behind,
/// and JVMs of their own.
@NullMarked
package zircon.kit;

import org.jspecify.annotations.NullMarked;
