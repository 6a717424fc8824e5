/// Random guests and handlers on many threads, for as long as one likes: `mvn -Psoak test`.
@NullMarked
package zircon.soak;

import org.jspecify.annotations.NullMarked;
