/// What tests of the whole way share: guests of machine code, ports, and JVMs of their own.
@NullMarked
package zircon.kit;

import org.jspecify.annotations.NullMarked;
