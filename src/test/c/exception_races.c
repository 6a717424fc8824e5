// Answers, unbinding, kills and suspensions that come to one exception, in every order (section 11).
#include "victim.h"

// an answer stands, whatever becomes of the binding after it.
static void answered_then_unbound(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    take(&victim, PROCESS);
    handle(&victim, PROCESS);
    CHECK_OK(unbind(&victim, PROCESS));
    end(&victim, HANDLED);
}

// the packet need not have been read for an answer, and stays.
static void answered_before_the_packet_is_read(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    wait_for_state(thread_of(&victim), ZX_THREAD_STATE_BLOCKED_EXCEPTION);
    handle(&victim, PROCESS);
    wait_until_terminated(victim.tasks[PROCESS]);
    zx_packet_exception_t packet = next_exception_packet(victim.ports[PROCESS], PROCESS, ZX_EXCP_UNDEFINED_INSTRUCTION,
                                                         victim.tasks[PROCESS]);
    zx_handle_t child = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_NOT_FOUND, zx_object_get_child(victim.tasks[PROCESS], packet.tid, ZX_RIGHT_NONE, &child));
    CHECK_STATUS(ZX_ERR_BAD_STATE, answer(&victim, PROCESS, 0));
    // B-7, B-6: the slot is filled still, and can be emptied; then nothing can be bound any more.
    CHECK_STATUS(ZX_ERR_NOT_FOUND, bind_port(&victim, PROCESS, victim.ports[PROCESS]));
    CHECK_OK(unbind(&victim, PROCESS));
    CHECK_STATUS(ZX_ERR_NOT_FOUND, bind_port(&victim, PROCESS, victim.ports[PROCESS]));
    end(&victim, HANDLED);
}

// killed while it waits, by whatever kill, it ends; nobody else is asked.
static void killed_while_waiting(enum slot kill) {
    struct victim victim = new_victim();
    bind(&victim, THREAD);
    bind(&victim, PROCESS);
    bind(&victim, JOB);
    start(&victim, fault);
    take(&victim, THREAD);
    MUST(zx_task_kill(victim.tasks[kill]));
    // either result; it changes nothing.
    zx_status_t late = answer(&victim, THREAD, 0);
    CHECK(late == ZX_OK || late == ZX_ERR_BAD_STATE);
    wait_until_terminated(thread_of(&victim));
    CHECK_STATUS(ZX_ERR_BAD_STATE, answer(&victim, THREAD, 0));
    CHECK_EQ(ZX_EXCEPTION_PORT_TYPE_NONE, thread_info(thread_of(&victim)).wait_exception_port_type);
    end(&victim, kill == THREAD ? 0 : UNHANDLED);
}

// Q-2, S-5: handled and suspended, then killed: it sees no user code any more.
static void killed_after_the_answer(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    take(&victim, PROCESS);
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(thread_of(&victim), &token));
    handle(&victim, PROCESS);
    MUST(zx_object_wait_one(thread_of(&victim), ZX_THREAD_SUSPENDED, SOON, NULL));
    MUST(zx_task_kill(thread_of(&victim)));
    wait_until_terminated(thread_of(&victim));
    MUST(zx_handle_close(token));
    end(&victim, 0);
}

// Q-8, S-4: a suspension does not take a thread out of its exception; it begins when that is handled.
static void suspended_while_waiting(int close_token_first) {
    struct victim victim = new_victim();
    bind(&victim, THREAD);
    bind(&victim, PROCESS);
    start(&victim, fault);
    take(&victim, THREAD);
    zx_handle_t token = ZX_HANDLE_INVALID;
    MUST(zx_task_suspend(thread_of(&victim), &token));
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(thread_of(&victim), ZX_THREAD_SUSPENDED, 0, &observed));
    CHECK_EQ(ZX_THREAD_RUNNING, observed);
    CHECK_EQ(ZX_THREAD_STATE_BLOCKED_EXCEPTION, thread_info(thread_of(&victim)).state);
    CHECK_EQ(ZX_EXCP_UNDEFINED_INSTRUCTION, exception_report(thread_of(&victim)).header.type);
    // It passes from one handler to the next all the same.
    MUST(answer(&victim, THREAD, ZX_RESUME_TRY_NEXT));
    take(&victim, PROCESS);
    if (close_token_first) {
        MUST(zx_handle_close(token));
        handle(&victim, PROCESS);
    } else {
        handle(&victim, PROCESS);
        MUST(zx_object_wait_one(thread_of(&victim), ZX_THREAD_SUSPENDED, SOON, NULL));
        //
        CHECK_STATUS(ZX_ERR_BAD_STATE, answer(&victim, PROCESS, 0));
        CHECK_EQ(0, process_info(victim.tasks[PROCESS]).exited);
        MUST(zx_handle_close(token));
    }
    end(&victim, HANDLED);
}

// nobody has to read the port. A process that was to handle its own exceptions waits for ever, and can be killed.
static void nobody_reads_the_port(void) {
    struct victim victim = new_victim();
    bind(&victim, PROCESS);
    start(&victim, fault);
    wait_for_state(thread_of(&victim), ZX_THREAD_STATE_BLOCKED_EXCEPTION);
    MUST(zx_task_kill(victim.tasks[JOB]));
    wait_until_terminated(victim.tasks[PROCESS]);
    (void)next_exception_packet(victim.ports[PROCESS], PROCESS, ZX_EXCP_UNDEFINED_INSTRUCTION, victim.tasks[PROCESS]);
    end(&victim, UNHANDLED);
}

int main(void) {
    // The thread does not always run so late that the unbinding comes before it.
    for (int i = 0; i < 30; i++) {
        answered_then_unbound();
    }
    answered_before_the_packet_is_read();
    killed_while_waiting(THREAD);
    killed_while_waiting(PROCESS);
    killed_while_waiting(GRANDPARENT);
    killed_after_the_answer();
    suspended_while_waiting(0);
    suspended_while_waiting(1);
    nobody_reads_the_port();
    return CHECK_RESULT();
}
