package zircon.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import zircon.sys.zircon_h;

import java.util.LinkedHashMap;
import java.util.Map;

class UnhandledFaultTest {
    @Test
    void itPrintsNamesAndHexadecimalNumbers() {
        var registers = new LinkedHashMap<>(Map.of("rip", 0x7f00_0000_1234L));
        var fault =
                new UnhandledFault(
                        zircon_h.ZX_EXCP_FATAL_PAGE_FAULT(),
                        "program",
                        1029,
                        "main",
                        1031,
                        0xdead_0000L,
                        6,
                        registers);
        assertThat(fault)
                .hasToString(
                        "UnhandledFault[type=FATAL_PAGE_FAULT (0x108), process=program (koid 1029),"
                                + " thread=main (koid 1031), address=0xdead0000, errorCode=0x6,"
                                + " registers={rip=0x7f0000001234}]");
    }
}
