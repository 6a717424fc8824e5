/// Tests of what users' tests stand on: `zircon.testing`, `zircon.junit` and `zircon.jqwik`.
@NullMarked
package zircon.extension;

import org.jspecify.annotations.NullMarked;
