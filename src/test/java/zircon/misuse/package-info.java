/// What should not be done, and what then happens: nothing worse than a status. Every test has a
/// time limit and ends with no open handle and no guest.
@NullMarked
package zircon.misuse;

import org.jspecify.annotations.NullMarked;
