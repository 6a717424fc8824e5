/// Programs to start from. Each is one file, and needs nothing but the jar:
///
/// ```sh
/// java --enable-native-access=ALL-UNNAMED -cp target/zircon-ffm-0.1.0-SNAPSHOT.jar \
///     src/test/java/zircon/examples/CrashReporter.java
/// ```
@NullMarked
package zircon.examples;

import org.jspecify.annotations.NullMarked;
