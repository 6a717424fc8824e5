/// Zircon's exception ports, tasks, ports, channels and events, without raw numbers.
///
/// A call answers with a [zircon.Result]: the kernel's refusal is a value. Only a broken call in
/// Java throws: `null` gives [NullPointerException], an argument that no kernel could be asked with
/// gives [IllegalArgumentException].
///
/// ```java
/// switch (thread.bindExceptionPort(port, 42)) {
///     case Ok<Unit> _ -> IO.println("bound");
///     case Err<Unit>(ZxError e) when e == ZxError.ALREADY_BOUND -> IO.println("someone has it");
///     case Err<Unit>(var status) -> throw new ZxException(status);
/// }
/// ```
///
/// How handles are passed:
///
/// - a parameter is borrowed: it is still the caller's afterwards;
/// - what a `Result` carries is owned: the caller closes it;
/// - a parameter documented as **Consumed.** is closed on every return, success or not.
///
/// Everything here may be used by any thread, unless it says otherwise. What blocks says so; it
/// then pins the carrier of a virtual thread. [Thread#interrupt()] ends no Zircon wait.
@NullMarked
package zircon;

import org.jspecify.annotations.NullMarked;
