/// Proof that the headers are what Zircon's ABI says and that the generated bindings are what the
/// headers say.
@NullMarked
package zircon.abi;

import org.jspecify.annotations.NullMarked;
