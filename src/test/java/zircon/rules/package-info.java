/// The rules of sections 8 and 9.1 to 9.3 of the behavior reference, with the reports of 9.6 and
/// the races of section 11 that they decide; each from Java through the generated bindings and the
/// gate to the emulated kernel. The display names begin with the rules.
///
/// [zircon.rules.RuleTableTest] collects what the tests of all packages and the C programs cite,
/// and writes the table of rules and tests. Rules that no test can show are listed in
/// src/test/resources/rules/unobservable.txt.
///
/// ## Open clauses
///
/// Of rules that have tests, these clauses have none, since they cannot come about here:
///
/// | Rule | Clause | Why |
/// |---|---|---|
/// | C-4 | a pulse during a suspension can be missed | a permission, not a promise |
/// | R-6 | the address space is torn down | all processes share the host's |
/// | R-10 | uncached memory is BAD_STATE | no process can have any |
/// | X-6 | binding just removed, port just closed | reading the slot and queuing are one step |
/// | X-11 | answered before the packet is queued | marking and queuing are one step |
/// | X-20 | unknown syscall number, syscall instruction outside the vDSO | calls come by name |
/// | X-21, X-22 | arm64 | the gate is for x86-64 |
/// | X-22 | #OF, #BR, #NP, #SS from a program | only their mapping is shown: `vectors` |
///
/// These are shown only inside the kernel, where the lock can hold a thread in a phase that is too
/// short to be met from outside:
///
/// | Rule | Clause | Where |
/// |---|---|---|
/// | 10 answered, 10 killed | what can be observed until the thread runs | `PhaseTest` |
/// | 11, the table | what is true at a call's return | `AtReturnTest` |
/// | X-9 | answered but not yet run: another port is ACCESS_DENIED | `ExceptionExchangeTest` |
@NullMarked
package zircon.rules;

import org.jspecify.annotations.NullMarked;
