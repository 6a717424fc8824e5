package zircon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.LongStream;

/// Jobs and processes, and what they share with threads.
final class TaskCases {
    private TaskCases() {}

    static void bindingPassesPortKeyAndKind() {
        Port port = Port.adopt(6);
        Job job = Job.adopt(5);
        assertThat(job.bindExceptionPort(port, -1)).isEqualTo(Ok.UNIT);
        assertThat(job.bindExceptionPort(port, 7, ExceptionPortKind.GENERAL)).isEqualTo(Ok.UNIT);
        assertThat(ZxProcess.adopt(7).bindExceptionPort(port, 7, ExceptionPortKind.DEBUGGER))
                .isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "task_bind_exception_port 5 6 -1 0",
                        "task_bind_exception_port 5 6 7 0",
                        "task_bind_exception_port 7 6 7 1");
    }

    static void bindingAClosedPortIsBadHandleAndNeverAnUnbind() {
        Port port = Port.adopt(6);
        port.close();
        Fake.reset();
        assertThat(ZxThread.adopt(5).bindExceptionPort(port, 1))
                .isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Job.adopt(5).bindExceptionPort(port, 1, ExceptionPortKind.DEBUGGER))
                .isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).isEmpty();
    }

    static void unbindingPassesNoPort() {
        assertThat(ZxThread.adopt(5).unbindExceptionPort()).isEqualTo(Ok.UNIT);
        assertThat(Job.adopt(6).unbindExceptionPort(ExceptionPortKind.DEBUGGER)).isEqualTo(Ok.UNIT);
        assertThat(ZxProcess.adopt(7).unbindExceptionPort(ExceptionPortKind.GENERAL))
                .isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "task_bind_exception_port 5 0 0 0",
                        "task_bind_exception_port 6 0 0 1",
                        "task_bind_exception_port 7 0 0 0");
    }

    static void aRefusalIsTheStatusThatTheKernelGave() {
        Fake.status(ZxError.ALREADY_BOUND);
        assertThat(Job.adopt(5).bindExceptionPort(Port.adopt(6), 1))
                .isSameAs(ZxError.ALREADY_BOUND.err());
        Fake.status(-4711);
        assertThat(Job.adopt(5).kill()).isEqualTo(new Err<>(new OtherStatus(-4711)));
    }

    static void killIsOneCall() {
        assertThat(Job.adopt(5).kill()).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("task_kill 5");
    }

    static void suspendingMakesATokenThatIsOwned() {
        SuspendToken thread = ZxThread.adopt(5).suspend().orElseThrow();
        SuspendToken process = ZxProcess.adopt(6).suspend().orElseThrow();
        assertThat(thread.raw()).isEqualTo(101);
        assertThat(process.raw()).isEqualTo(102);
        thread.close();
        assertThat(process.replace(Rights.TRANSFER).orElseThrow().raw()).isEqualTo(103);
        Fake.status(ZxError.ACCESS_DENIED);
        assertThat(SuspendToken.adopt(7).duplicate(Rights.NONE))
                .isEqualTo(ZxError.ACCESS_DENIED.err());
        assertThat(Fake.log())
                .containsExactly(
                        "task_suspend 5 out",
                        "task_suspend 6 out",
                        "handle_close 101",
                        "handle_replace 102 2 out",
                        "handle_duplicate 7 0 out");
    }

    static void aRefusedSuspensionMakesNoToken() {
        Fake.status(ZxError.BAD_STATE);
        assertThat(ZxThread.adopt(5).suspend()).isEqualTo(ZxError.BAD_STATE.err());
        ZxProcess process = ZxProcess.adopt(6);
        process.close();
        Fake.reset();
        assertThat(process.suspend()).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).isEmpty();
    }

    static void memoryIsReadAsFarAsItGoes() {
        Fake.out((byte) 1, (byte) 2, (byte) -3);
        ZxProcess process = ZxProcess.adopt(5);
        assertThat(process.readMemory(-16, 8).orElseThrow()).containsExactly(1, 2, -3);
        assertThat(process.readMemory(4096, 2).orElseThrow()).containsExactly(1, 2);
        try (var arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(4);
            assertThat(process.readMemory(7, into)).isEqualTo(new Ok<>(3L));
            assertThat(into.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, -3, 0);
        }
        assertThat(Fake.log())
                .containsExactly(
                        "process_read_memory 5 -16 out 8 out",
                        "process_read_memory 5 4096 out 2 out",
                        "process_read_memory 5 7 out 4 out");
    }

    static void memoryIsWritten() {
        ZxProcess process = ZxProcess.adopt(5);
        assertThat(process.writeMemory(-16, new byte[] {1, -1})).isEqualTo(new Ok<>(2L));
        try (var arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 9);
            assertThat(process.writeMemory(7, from)).isEqualTo(new Ok<>(1L));
        }
        assertThat(Fake.log())
                .containsExactly(
                        "process_write_memory 5 -16 <01ff> 2 out",
                        "process_write_memory 5 7 <09> 1 out");
    }

    static void refusedMemoryIsARefusal() {
        Fake.status(ZxError.NO_MEMORY);
        ZxProcess process = ZxProcess.adopt(5);
        assertThat(process.readMemory(8, 1)).isEqualTo(ZxError.NO_MEMORY.err());
        assertThat(process.writeMemory(8, new byte[1])).isEqualTo(ZxError.NO_MEMORY.err());
        process.close();
        Fake.reset();
        assertThat(process.readMemory(8, 1)).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(process.writeMemory(8, new byte[1])).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).isEmpty();
    }

    static void heapMemoryAndNegativeSizesAreBrokenCalls() {
        ZxProcess process = ZxProcess.adopt(5);
        MemorySegment heap = MemorySegment.ofArray(new byte[8]);
        assertThatThrownBy(() -> process.readMemory(8, heap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> process.writeMemory(8, heap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> process.readMemory(8, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Fake.log()).isEmpty();
    }

    static void newJobsProcessesAndThreadsAreOwned() {
        Job child = Job.adopt(5).createJob().orElseThrow();
        ProcessAndVmar process = child.createProcess("p\u00e4").orElseThrow();
        ZxThread thread = process.process().createThread("").orElseThrow();
        assertThat(child.raw()).isEqualTo(101);
        assertThat(process.process().raw()).isEqualTo(102);
        assertThat(process.vmar().raw()).isEqualTo(103);
        assertThat(thread.raw()).isEqualTo(104);
        process.close();
        assertThat(Fake.log())
                .containsExactly(
                        "job_create 5 0 out",
                        "process_create 101 <70c3a4> 3 0 out out",
                        "thread_create 102 <> 0 0 out",
                        "handle_close 103",
                        "handle_close 102");
    }

    static void ownTasksAreDuplicatesOfWhatTheRunTimeKeeps() {
        assertThat(Job.defaultJob().orElseThrow().raw()).isEqualTo(101);
        assertThat(ZxProcess.self().orElseThrow().raw()).isEqualTo(102);
        assertThat(ZxThread.self().orElseThrow().raw()).isEqualTo(103);
        assertThat(Vmar.rootSelf().orElseThrow().raw()).isEqualTo(104);
        assertThat(Fake.log())
                .containsExactly(
                        "job_default",
                        "handle_duplicate 11 2147483648 out",
                        "process_self",
                        "handle_duplicate 11 2147483648 out",
                        "thread_self",
                        "handle_duplicate 11 2147483648 out",
                        "vmar_root_self",
                        "handle_duplicate 11 2147483648 out");
    }

    static void noDefaultJobIsBadHandle() {
        Fake.status(ZxError.INTERNAL);
        assertThat(Job.defaultJob()).isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(Fake.log()).containsExactly("job_default");
    }

    static void startingAProcessConsumesItsArgument() {
        ZxProcess process = ZxProcess.adopt(5);
        ZxThread thread = ZxThread.adopt(6);
        Event argument = Event.adopt(7);
        assertThat(process.start(thread, 100, 200, argument, -1)).isEqualTo(Ok.UNIT);
        assertThat(argument.isClosed()).isTrue();
        assertThat(thread.isClosed()).isFalse();
        assertThat(Fake.log()).containsExactly("process_start 5 6 100 200 7 -1");
    }

    static void aRefusedStartConsumesItsArgumentToo() {
        Fake.status(ZxError.BAD_STATE);
        Event argument = Event.adopt(7);
        assertThat(ZxProcess.adopt(5).start(ZxThread.adopt(6), 1, 2, argument, 3))
                .isEqualTo(ZxError.BAD_STATE.err());
        assertThat(argument.isClosed()).isTrue();
    }

    static void aStartWithAClosedThreadClosesTheArgumentWithoutACall() {
        ZxThread thread = ZxThread.adopt(6);
        thread.close();
        Fake.reset();
        Event argument = Event.adopt(7);
        assertThat(ZxProcess.adopt(5).start(thread, 1, 2, argument, 3))
                .isEqualTo(ZxError.BAD_HANDLE.err());
        assertThat(argument.isClosed()).isTrue();
        assertThat(Fake.log()).containsExactly("handle_close 7");
    }

    static void aProcessMayBeItsOwnArgument() {
        ZxProcess process = ZxProcess.adopt(5);
        assertThat(process.start(ZxThread.adopt(6), 1, 2, process, 3)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log()).containsExactly("process_start 5 6 1 2 5 3");
    }

    static void processInfoIsReadFieldByField() {
        byte[] info = Fake.struct(-1L, 0, 0);
        info[9] = 1;
        Fake.record(info);
        assertThat(ZxProcess.adopt(5).info())
                .isEqualTo(new Ok<>(new ProcessInfo(-1, false, true, false)));
        info[8] = 1;
        info[9] = 0;
        info[10] = 1;
        Fake.record(info);
        assertThat(ZxProcess.adopt(5).info())
                .isEqualTo(new Ok<>(new ProcessInfo(-1, true, false, true)));
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_info 5 3 out 16 0 0", "object_get_info 5 3 out 16 0 0");
    }

    static void koidsAreListed() {
        Fake.out(Fake.struct(1030L, 1040L));
        List<Koid> koids = List.of(new Koid(1030), new Koid(1040));
        assertThat(Job.adopt(5).children()).isEqualTo(new Ok<>(koids));
        assertThat(Job.adopt(5).processes()).isEqualTo(new Ok<>(koids));
        assertThat(ZxProcess.adopt(5).threads()).isEqualTo(new Ok<>(koids));
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_info 5 8 out 128 out out",
                        "object_get_info 5 9 out 128 out out",
                        "object_get_info 5 4 out 128 out out");
    }

    static void aLongListIsAskedForAgainWithMoreRoom() {
        Long[] koids = LongStream.range(0, 100).boxed().toArray(Long[]::new);
        Fake.out(Fake.struct(koids));
        assertThat(Job.adopt(5).processes().orElseThrow())
                .extracting(Koid::value)
                .containsExactly(koids);
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_info 5 9 out 128 out out",
                        "object_get_info 5 9 out 1600 out out");
    }

    static void aChildIsOwned() {
        assertThat(ZxProcess.adopt(5).child(new Koid(1030), Rights.SAME_RIGHTS).orElseThrow().raw())
                .isEqualTo(101);
        assertThat(Fake.log()).containsExactly("object_get_child 5 1030 2147483648 out");
    }

    static void aJobsChildIsTakenForWhatItIs() {
        Fake.record(Fake.struct(1030L, 0, 1, 0L, 0, 0)); // a process
        Job job = Job.adopt(5);
        assertThat(job.childProcess(new Koid(1030), Rights.IO).orElseThrow().raw()).isEqualTo(101);
        assertThat(job.childJob(new Koid(1030), Rights.IO)).isEqualTo(ZxError.WRONG_TYPE.err());
        assertThat(Fake.log())
                .containsExactly(
                        "object_get_child 5 1030 12 out",
                        "object_get_info 101 2 out 32 0 0",
                        "object_get_child 5 1030 12 out",
                        "object_get_info 102 2 out 32 0 0",
                        "handle_close 102");
    }

    static void aPolicyIsPassedEntryByEntry() {
        Job job = Job.adopt(5);
        Result<Unit> result =
                job.setPolicy(
                        JobPolicy.Mode.ABSOLUTE,
                        new JobPolicy(JobPolicy.Condition.NEW_PROCESS, JobPolicy.Action.DENY),
                        new JobPolicy(
                                JobPolicy.Condition.BAD_HANDLE,
                                JobPolicy.Action.DENY_AND_EXCEPTION));
        assertThat(result).isEqualTo(Ok.UNIT);
        assertThat(job.setPolicy(JobPolicy.Mode.RELATIVE)).isEqualTo(Ok.UNIT);
        assertThat(Fake.log())
                .containsExactly(
                        "job_set_policy 5 1 0 <0c000000010000000000000003000000> 2",
                        "job_set_policy 5 0 0 <> 0");
    }
}
