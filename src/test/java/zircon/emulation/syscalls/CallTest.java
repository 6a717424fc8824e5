package zircon.emulation.syscalls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import zircon.sys.host.zx_host_h;
import zircon.sys.zircon_h;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;

/// The numbers of the calls against those of the gate.
class CallTest {
    @ParameterizedTest
    @EnumSource
    void aCallHasTheNumberThatTheGateGivesIt(Call call) throws ReflectiveOperationException {
        Method number =
                zx_host_h.class.getMethod("ZX_HOST_CALL_" + call.name().toLowerCase(Locale.ROOT));
        assertThat(Call.numbered((int) number.invoke(null))).isEqualTo(call);
    }

    @Test
    void theGateHasNoOtherCalls() {
        assertThat(Call.values()).hasSize(zx_host_h.ZX_HOST_CALLS());
    }

    @ParameterizedTest
    @EnumSource
    void aCallReturnsAStatusIfItsPrototypeSaysSo(Call call) throws ReflectiveOperationException {
        Method function =
                Arrays.stream(zircon_h.class.getMethods())
                        .filter(method -> method.getName().equals(call.cName()))
                        .findFirst()
                        .orElseThrow();
        boolean isHandle =
                switch (call) {
                    case PROCESS_SELF,
                            THREAD_SELF,
                            VMAR_ROOT_SELF,
                            JOB_DEFAULT,
                            TAKE_STARTUP_HANDLE ->
                            true;
                    default -> false;
                };
        assertThat(call.returnsStatus())
                .isEqualTo(function.getReturnType() == int.class && !isHandle);
    }
}
