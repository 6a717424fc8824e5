/// Random programs of syscalls against small pure models of the behavior reference.
@NullMarked
package zircon.properties;

import org.jspecify.annotations.NullMarked;
