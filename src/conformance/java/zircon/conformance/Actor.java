package zircon.conformance;

import zircon.conformance.model.Step;

import java.util.List;

/// Who makes the calls of a program: one way to the library.
interface Actor {
    /// What a call did.
    ///
    /// @param status what it returned
    /// @param values what it stored, in the order of the model's values
    /// @param made the handles that it stored
    record Answer(int status, List<Long> values, List<Integer> made) {
        static Answer of(int status) {
            return new Answer(status, List.of(), List.of());
        }
    }

    /// What the variables of a program stand for.
    interface Variables {
        int number(int variable);

        /// Of the variable's object, even if the handle is closed; 0 if it never was one.
        long koid(int variable);

        /// The address at which guests store the handle of a port that they make.
        long made();
    }

    /// Makes the call.
    Answer call(Step step, Variables variables);
}
