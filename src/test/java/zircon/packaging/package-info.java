/// What the build packs is what its users need. Run by failsafe, after the jars are made.
@NullMarked
package zircon.packaging;

import org.jspecify.annotations.NullMarked;
