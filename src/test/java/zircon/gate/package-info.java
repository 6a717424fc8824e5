/// Tests of the gate without Java behind it: a C harness with a kernel of its own.
@NullMarked
package zircon.gate;

import org.jspecify.annotations.NullMarked;
