/// The only way from the wrapper to the generated bindings: functions, layouts, and the library
/// behind them.
@NullMarked
package zircon.internal;

import org.jspecify.annotations.NullMarked;
