package zircon.jqwik;

import net.jqwik.api.lifecycle.AddLifecycleHook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Each try of the properties of the class, or of this one property, gets a fresh kernel, and is
/// falsified if it leaves a handle or a guest behind; the message names the line that made the
/// handle.
///
/// - **Parameters** without `@ForAll` can be what [zircon.testing.Parameters] lists; each try gets
///   new ones, which are closed after it.
/// - **Guests**: what one throws falsifies the try, see [zircon.testing.Guests].
/// - **When a property fails**, the kernel's tree at the end of the last falsified try is printed
///   to stderr: of the shrunk sample, as a rule.
/// - **Time**: jqwik has no time limits, and a thread that waits in a syscall cannot be
///   interrupted. So a property that runs for longer than [#limitSeconds] prints where it is and
///   the kernel's tree, and ends the JVM with exit status 1.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@AddLifecycleHook(ZirconHook.class)
@SuppressWarnings("exports") // who uses this has the framework, and requires it
public @interface ZirconTries {
    /// How long a property may take, all tries together.
    ///
    /// @return in seconds; 0 for as long as it likes
    int limitSeconds() default 120;
}
