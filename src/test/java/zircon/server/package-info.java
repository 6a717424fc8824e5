/// [zircon.ExceptionServer]: handlers and verdicts, tasks that die meanwhile, and closing.
@NullMarked
package zircon.server;

import org.jspecify.annotations.NullMarked;
