/// Programs to start from: `java --enable-native-access=ALL-UNNAMED -cp zircon-ffm.jar
/// CrashReporter.java`.
@NullMarked
package zircon.examples;

import org.jspecify.annotations.NullMarked;
