package zircon.emulation;

import zircon.emulation.trace.Constants;

import java.util.SequencedMap;
import java.util.stream.Collectors;

/// An exception that no handler took, as it was when the search for one ended and its process was
/// killed.
///
/// @param type the exception's number: a `ZX_EXCP_*` value
/// @param process the name of the process
/// @param processKoid the process
/// @param thread the name of the thread that faulted
/// @param threadKoid the thread
/// @param address the address that could not be reached (cr2), for a page fault; otherwise 0
/// @param errorCode the processor's; of a page fault, bit 1 says that it was a write, bit 4 that an
///   instruction was fetched
/// @param registers the general registers by name, in the order of `zx_thread_state_general_regs_t`
public record UnhandledFault(
        int type,
        String process,
        long processKoid,
        String thread,
        long threadKoid,
        long address,
        long errorCode,
        SequencedMap<String, Long> registers) {
    /// For people: names, and numbers that are no koids in hexadecimal.
    @Override
    public String toString() {
        return "UnhandledFault[type=%s (%#x), process=%s (koid %d), thread=%s (koid %d), address=0x%x, errorCode=0x%x, registers=%s]"
                .formatted(
                        Constants.EXCEPTIONS.name(type),
                        type,
                        process,
                        processKoid,
                        thread,
                        threadKoid,
                        address,
                        errorCode,
                        registers.entrySet().stream()
                                .map(
                                        register ->
                                                "%s=0x%x"
                                                        .formatted(
                                                                register.getKey(),
                                                                register.getValue()))
                                .collect(Collectors.joining(", ", "{", "}")));
    }
}
