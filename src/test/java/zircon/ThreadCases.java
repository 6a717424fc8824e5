package zircon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.stream.LongStream;

/// Threads, their exceptions and registers.
final class ThreadCases {
    private ThreadCases() {}

    static void startPassesFourNumbers() {
        assertThat(ZxThread.adopt(5).start(1, 2, -3, 4)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("thread_start 5 1 2 -3 4");
    }

    static void threadInfoIsReadFieldByField() {
        Fake.record(Fake.struct(0x103, 3));
        assertThat(ZxThread.adopt(5).info())
                .isEqualTo(
                        new Ok<>(
                                new ThreadInfo(
                                        ThreadState.Known.BLOCKED_EXCEPTION,
                                        ExceptionPortType.Known.PROCESS)));
        Fake.record(Fake.struct(0xf03, 9));
        assertThat(ZxThread.adopt(5).info())
                .isEqualTo(
                        new Ok<>(
                                new ThreadInfo(
                                        new ThreadState.Other(0xf03),
                                        new ExceptionPortType.Other(9))));
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_info 5 10 out 8 0 0", "object_get_info 5 10 out 8 0 0");
    }

    static void theReportIsReadFieldByField() {
        Fake.record(Fake.struct(32, 0x108, 14L, 6L, -16L));
        ExceptionReport report = ZxThread.adopt(5).exceptionReport().orElseThrow();
        assertThat(report)
                .isEqualTo(new ExceptionReport(ExceptionType.Known.FATAL_PAGE_FAULT, 14, 6, -16));
        assertThat(report)
                .hasToString(
                        "ExceptionReport[type=FATAL_PAGE_FAULT, vector=0xe, errorCode=0x6,"
                                + " cr2=0xfffffffffffffff0]");
        assertThat(Fake.log()).containsExactly("object_get_info 5 11 out 32 0 0");
    }

    static void answersAreHandledOrTryNext() {
        ZxThread thread = ZxThread.adopt(5);
        Port port = Port.adopt(6);
        assertThat(thread.resumeFromException(port, Resume.HANDLED)).isEqualTo(Ok.UNIT);
        assertThat(thread.resumeFromException(port, Resume.TRY_NEXT)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "task_resume_from_exception 5 6 0", "task_resume_from_exception 5 6 2");
    }

    static void answeringThroughAClosedPortMakesNoCall() {
        Port port = Port.adopt(6);
        port.close();
        Fake.reset();
        assertThat(ZxThread.adopt(5).resumeFromException(port, Resume.HANDLED))
                .isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).isEmpty();
    }

    static void generalRegistersComeOutAsTheyWentIn() {
        byte[] bytes = counting(18);
        Fake.out(bytes);
        ZxThread thread = ZxThread.adopt(5);
        GeneralRegisters registers = thread.readGeneralRegisters().orElseThrow();
        assertThat(registers.rax()).isEqualTo(1);
        assertThat(registers.rsp()).isEqualTo(8);
        assertThat(registers.r15()).isEqualTo(16);
        assertThat(registers.rip()).isEqualTo(17);
        assertThat(registers.rflags()).isEqualTo(18);
        assertThat(thread.writeGeneralRegisters(registers)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "thread_read_state 5 0 out 144",
                        "thread_write_state 5 0 <" + hex(bytes) + "> 144");
    }

    static void oneRegisterIsChangedAlone() {
        Fake.out(counting(18));
        GeneralRegisters before = ZxThread.adopt(5).readGeneralRegisters().orElseThrow();
        GeneralRegisters after = before.with(GeneralRegisters.Register.RIP, 99);
        for (GeneralRegisters.Register register : GeneralRegisters.Register.values()) {
            long expected = register == GeneralRegisters.Register.RIP ? 99 : before.value(register);
            assertThat(after.value(register)).as("%s", register).isEqualTo(expected);
        }
        assertThat(after.toString()).contains("rip=0x63").contains("rflags=0x12");
    }

    static void floatingPointRegistersComeOutAsTheyWentIn() {
        byte[] bytes = counting(20);
        bytes[5] = 0; // reserved
        System.arraycopy(new byte[8], 0, bytes, 24, 8); // padding
        Fake.out(bytes);
        ZxThread thread = ZxThread.adopt(5);
        FpRegisters registers = thread.readFpRegisters().orElseThrow();
        assertThat(registers.fip()).isEqualTo(2);
        assertThat(registers.st().get(7)).isEqualTo(new FpRegisters.St(19, 20));
        assertThat(thread.writeFpRegisters(registers)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "thread_read_state 5 1 out 160",
                        "thread_write_state 5 1 <" + hex(bytes) + "> 160");
    }

    static void shortFloatingPointWordsAreUnsigned() {
        Fake.out(Fake.struct(-1, -1, 0L));
        FpRegisters registers = ZxThread.adopt(5).readFpRegisters().orElseThrow();
        assertThat(registers.fcw()).isEqualTo(0xffff);
        assertThat(registers.fsw()).isEqualTo(0xffff);
        assertThat(registers.ftw()).isEqualTo(0xff);
        assertThat(registers.fop()).isEqualTo(0xffff);
    }

    static void vectorRegistersComeOutAsTheyWentIn() {
        byte[] bytes = counting(265);
        System.arraycopy(new byte[4], 0, bytes, 2116, 4); // padding
        Fake.out(bytes);
        ZxThread thread = ZxThread.adopt(5);
        VectorRegisters registers = thread.readVectorRegisters().orElseThrow();
        assertThat(registers.zmm().get(31).words().get(7)).isEqualTo(256);
        assertThat(registers.opmask()).startsWith(257L).endsWith(264L);
        assertThat(registers.mxcsr()).isEqualTo(265);
        assertThat(thread.writeVectorRegisters(registers)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "thread_read_state 5 2 out 2120",
                        "thread_write_state 5 2 <" + hex(bytes) + "> 2120");
    }

    static void debugRegistersAreWrittenUnderBothNames() {
        Fake.out(Fake.struct(1L, 2L, 3L, 4L, 5L, 6L, 0L, 0L));
        ZxThread thread = ZxThread.adopt(5);
        DebugRegisters registers = thread.readDebugRegisters().orElseThrow();
        assertThat(registers).isEqualTo(new DebugRegisters(1, 2, 3, 4, 5, 6));
        assertThat(thread.writeDebugRegisters(registers)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "thread_read_state 5 4 out 64",
                        "thread_write_state 5 4 <"
                                + hex(Fake.struct(1L, 2L, 3L, 4L, 5L, 6L, 5L, 6L))
                                + "> 64");
    }

    static void singleStepIsOnOrOff() {
        Fake.out(Fake.struct(1));
        ZxThread thread = ZxThread.adopt(5);
        assertThat(thread.readSingleStep()).isEqualTo(new Ok<>(true));
        assertThat(thread.writeSingleStep(true)).isEqualTo(Ok.UNIT);
        assertThat(thread.writeSingleStep(false)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "thread_read_state 5 5 out 4",
                        "thread_write_state 5 5 <01000000> 4",
                        "thread_write_state 5 5 <00000000> 4");
    }

    static void refusedRegistersAreARefusal() {
        Fake.status(ZxError.BAD_STATE);
        assertThat(ZxThread.adopt(5).readGeneralRegisters()).isEqualTo(ZxError.BAD_STATE.err());
        assertThat(ZxThread.adopt(5).writeSingleStep(true)).isEqualTo(ZxError.BAD_STATE.err());
    }

    private static byte[] counting(int words) {
        return Fake.struct(LongStream.rangeClosed(1, words).boxed().toArray(Long[]::new));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
