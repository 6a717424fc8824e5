/// The rules of sections 8 and 9.1 to 9.3 of the behavior reference, B-1 to B-14 and,
/// with the reports of 9.6 and the races of section 11 that they decide; each from Java through the
/// generated bindings and the gate to the emulated kernel. The display names begin with the rules.
///
/// ## Open clauses
///
/// What needs something that the emulation does not have yet:
///
/// | Rule | Clause | Needs |
/// |---|---|---|
/// | B-1 | a job debugger on a parent gets no PROCESS_STARTING under a child's | 9.4 |
/// | B-6 | suspended threads take a binding | suspension |
/// | B-11 | threads held in THREAD_STARTING, PROCESS_STARTING, THREAD_EXITING go on | 9.4 |
/// | B-13 | attaching a debugger makes no THREAD_STARTING; shown here: no packet at all | 9.4 |
/// | X-1 | POLICY_ERROR takes the same search | 9.5 |
/// | X-5 | suspend and token close while unanswered are only remembered | suspension |
/// | X-6 | a synthetic exception whose packet finds no room is ignored | 9.4 |
/// | X-8 | a suspension does not break the wait | suspension |
/// | X-13 | a suspended thread is BAD_STATE | suspension |
/// | X-21 | the context of synthetic exceptions is zero | 9.4 |
/// | X-22 | HW_BREAKPOINT: single steps and debug registers | suspension |
/// | Q-1, Q-2 | THREAD_EXITING after the kill | 9.4 |
/// | Q-8, Q-11 | all | suspension, 9.4 |
///
/// Nothing observes these from outside, or only by chance:
///
/// | Rule | Clause | Where it is shown |
/// |---|---|---|
/// | X-6 | binding just removed, port just closed | never: reading the slot and queuing are one step |
/// | X-9 | answered but not yet run: other port ACCESS_DENIED | `ExceptionExchangeTest` |
/// | X-11 | answered before the packet is queued | never: marking and queuing are one step |
@NullMarked
package zircon.rules;

import org.jspecify.annotations.NullMarked;
