// Handles on their way: through messages, to other processes, and out of calls that fail at the last step.
#include "guest.h"

#include <stdlib.h>

#define NOWHERE ((void*)8)

static uint32_t handle_count(zx_handle_t handle) {
    zx_info_handle_count_t count = {0};
    MUST(zx_object_get_info(handle, ZX_INFO_HANDLE_COUNT, &count, sizeof(count), NULL, NULL));
    return count.handle_count;
}

static int is_open(zx_handle_t handle) {
    return zx_object_get_info(handle, ZX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL) == ZX_OK;
}

// How many handles this process has.
static uint32_t open_handles(void) {
    zx_info_process_handle_stats_t stats;
    MUST(zx_object_get_info(zx_process_self(), ZX_INFO_PROCESS_HANDLE_STATS, &stats, sizeof(stats), NULL, NULL));
    uint32_t sum = 0;
    for (size_t i = 0; i < sizeof(stats.handle_count) / sizeof(stats.handle_count[0]); i++) {
        sum += stats.handle_count[i];
    }
    return sum;
}

static zx_signals_t signals_of(zx_handle_t object) {
    zx_signals_t observed = 0;
    CHECK_STATUS(ZX_ERR_TIMED_OUT, zx_object_wait_one(object, 0, 0, &observed));
    return observed;
}

// C-3, H-6: a number that cannot be stored is no handle.
static void nowhere_to_store(void) {
    zx_handle_t event = new_event();
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    zx_handle_t process = new_process(job, "stays");
    uint32_t before = open_handles();
    zx_handle_t out = 0x77;

    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_event_create(0, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_port_create(0, NOWHERE));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_job_create(job, 0, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_thread_create(process, "x", 1, 0, NOWHERE));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_handle_duplicate(event, ZX_RIGHT_SAME_RIGHTS, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_get_child(job, koid_of(process), ZX_RIGHT_SAME_RIGHTS, NULL));
    // Of two, either both are stored or neither.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_create(0, &out, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_create(0, NOWHERE, &out));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_eventpair_create(0, &out, NOWHERE));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_eventpair_create(0, NULL, &out));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_create(job, "x", 1, 0, &out, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_process_create(job, "x", 1, 0, NOWHERE, &out));
    CHECK_EQ(0x77, out);
    CHECK_EQ(before, open_handles());
    // With the handle goes what it was to name.
    CHECK_EQ(ZX_JOB_NO_JOBS, signals_of(job));
    size_t processes = 0;
    MUST(zx_object_get_info(job, ZX_INFO_JOB_PROCESSES, NULL, 0, NULL, &processes));
    CHECK_EQ(1, processes);
    CHECK_EQ(1, handle_count(event));

    // replace has closed its source by then.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_handle_replace(event, ZX_RIGHT_SAME_RIGHTS, NULL));
    CHECK(!is_open(event));
    CHECK_EQ(before - 1, open_handles());
    CHECK_OK(zx_handle_close(process));
    CHECK_OK(zx_handle_close(job));
}

// H-2, H-3: the same process gets the number back that it gave away; meanwhile nobody has it.
static void there_and_back(void) {
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    enum { COUNT = ZX_CHANNEL_MAX_MSG_HANDLES };
    zx_handle_t sent[COUNT + 1];
    zx_handle_t received[COUNT];
    for (int i = 0; i <= COUNT; i++) {
        sent[i] = new_event();
    }
    MUST(zx_channel_write(ends[0], 0, "abc", 3, sent, COUNT));
    zx_handle_t others[COUNT];
    for (int i = 0; i < COUNT; i++) {
        CHECK(!is_open(sent[i]));
        others[i] = new_event();
        for (int j = 0; j < COUNT; j++) {
            CHECK(others[i] != sent[j]);
        }
    }
    char bytes[3];
    uint32_t actual_bytes = 0;
    uint32_t actual_handles = 0;
    MUST(zx_channel_read(ends[1], 0, bytes, received, sizeof(bytes), COUNT, &actual_bytes, &actual_handles));
    CHECK_EQ(3, actual_bytes);
    CHECK_EQ(COUNT, actual_handles);
    CHECK_EQ(0, memcmp(sent, received, sizeof(received)));

    // K-1, K-2, 17.4: one more is too many, and all of them are gone.
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_channel_write(ends[0], 0, NULL, 0, sent, COUNT + 1));
    for (int i = 0; i <= COUNT; i++) {
        CHECK(!is_open(sent[i]));
    }
    CHECK_OK(zx_handle_close_many(others, COUNT));
    CHECK_OK(zx_handle_close_many(ends, 2));
}

// K-2: every outcome consumes the handles, but for an array that cannot be read.
static void consumed(void) {
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    zx_handle_t poor = ZX_HANDLE_INVALID;
    zx_handle_t event = new_event();

    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_write(ends[0], 1, NULL, 0, &event, 1));
    CHECK(!is_open(event));
    event = new_event();
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_channel_write(ZX_HANDLE_INVALID, 0, NULL, 0, &event, 1));
    CHECK(!is_open(event));
    event = new_event();
    CHECK_STATUS(ZX_ERR_WRONG_TYPE, zx_channel_write(zx_process_self(), 0, NULL, 0, &event, 1));
    CHECK(!is_open(event));
    event = new_event();
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE,
                 zx_channel_write(ends[0], 0, "x", ZX_CHANNEL_MAX_MSG_BYTES + 1, &event, 1));
    CHECK(!is_open(event));
    event = new_event();
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_write(ends[0], 0, NOWHERE, 4, &event, 1));
    CHECK(!is_open(event));
    event = new_event();
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_channel_write(ends[0], 0, NULL, 0, NOWHERE, 1));
    CHECK(is_open(event));

    // The first bad entry decides, the others go all the same.
    zx_handle_t bad_first[] = {closed_handle(), duplicate(event, ZX_RIGHT_WAIT), duplicate(event, ZX_RIGHT_TRANSFER)};
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_channel_write(ends[0], 0, NULL, 0, bad_first, 3));
    zx_handle_t poor_first[] = {duplicate(event, ZX_RIGHT_TRANSFER), duplicate(event, ZX_RIGHT_WAIT), 0};
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_channel_write(ends[0], 0, NULL, 0, poor_first, 3));
    zx_handle_t twice[] = {duplicate(event, ZX_RIGHT_TRANSFER), 0};
    twice[1] = twice[0];
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_channel_write(ends[0], 0, NULL, 0, twice, 2));
    CHECK_EQ(1, handle_count(event));
    CHECK_STATUS(ZX_ERR_SHOULD_WAIT, zx_channel_read(ends[1], 0, NULL, NULL, 0, 0, NULL, NULL));

    // An endpoint cannot be sent through itself; without the right to send it, that is what counts.
    MUST(zx_handle_replace(ends[0], ZX_RIGHT_WRITE, &poor));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_channel_write(poor, 0, NULL, 0, &poor, 1));
    CHECK(!is_open(poor));
    CHECK_EQ(ZX_CHANNEL_PEER_CLOSED, signals_of(ends[1]) & ZX_CHANNEL_PEER_CLOSED);
    // A closed peer is told last.
    zx_handle_t copy = duplicate(event, ZX_RIGHT_WAIT);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_channel_write(ends[1], 0, NULL, 0, &copy, 1));
    copy = duplicate(event, ZX_RIGHT_TRANSFER);
    CHECK_STATUS(ZX_ERR_PEER_CLOSED, zx_channel_write(ends[1], 0, NULL, 0, &copy, 1));
    CHECK(!is_open(copy));
    CHECK_OK(zx_handle_close(ends[1]));
    CHECK_OK(zx_handle_close(event));
}

static void signals_and_messages(void) {
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    // K-1.
    CHECK_EQ(ZX_CHANNEL_WRITABLE, signals_of(ends[0]));
    MUST(zx_channel_write(ends[0], 0, "one", 3, NULL, 0));
    MUST(zx_channel_write(ends[0], 0, NULL, 0, NULL, 0));
    CHECK_EQ(ZX_CHANNEL_WRITABLE | ZX_CHANNEL_READABLE, signals_of(ends[1]));
    char* large = calloc(1, ZX_CHANNEL_MAX_MSG_BYTES);
    large[ZX_CHANNEL_MAX_MSG_BYTES - 1] = 'z';
    MUST(zx_channel_write(ends[0], 0, large, ZX_CHANNEL_MAX_MSG_BYTES, NULL, 0));
    CHECK_OK(zx_handle_close(ends[0]));
    CHECK_EQ(ZX_CHANNEL_PEER_CLOSED | ZX_CHANNEL_READABLE, signals_of(ends[1]));

    uint32_t bytes = 77;
    uint32_t handles = 77;
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_channel_read(ends[1], 2, NULL, NULL, 0, 0, &bytes, &handles));
    CHECK_EQ(77, bytes);
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_channel_read(ends[1], 0, large, NULL, 2, 0, &bytes, &handles));
    CHECK_EQ(3, bytes);
    CHECK_EQ(0, handles);
    MUST(zx_channel_read(ends[1], 0, large, NULL, 3, 0, &bytes, &handles));
    CHECK_EQ(0, memcmp("one", large, 3));
    MUST(zx_channel_read(ends[1], 0, NULL, NULL, 0, 0, &bytes, &handles));
    CHECK_EQ(0, bytes);
    // A message whose bytes cannot be stored is lost.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS,
                 zx_channel_read(ends[1], 0, NOWHERE, NULL, ZX_CHANNEL_MAX_MSG_BYTES, 0, &bytes, NULL));
    CHECK_EQ(ZX_CHANNEL_MAX_MSG_BYTES, bytes);
    CHECK_STATUS(ZX_ERR_PEER_CLOSED, zx_channel_read(ends[1], 0, NULL, NULL, 0, 0, NULL, NULL));
    CHECK_EQ(ZX_CHANNEL_PEER_CLOSED, signals_of(ends[1]));
    free(large);
    CHECK_OK(zx_handle_close(ends[1]));
}

// K-4: a message that is dropped takes its handles with it, and what they alone kept.
static void dropped_messages(void) {
    zx_handle_t outer[2];
    zx_handle_t inner[2];
    MUST(zx_channel_create(0, &outer[0], &outer[1]));
    MUST(zx_channel_create(0, &inner[0], &inner[1]));
    zx_handle_t pair[2];
    MUST(zx_eventpair_create(0, &pair[0], &pair[1]));
    // One side of the pair lies in a message in a channel that lies in a message.
    MUST(zx_channel_write(inner[0], 0, NULL, 0, &pair[0], 1));
    MUST(zx_channel_write(outer[0], 0, NULL, 0, &inner[1], 1));
    CHECK_EQ(0, signals_of(pair[1]));
    CHECK_OK(zx_handle_close(outer[1]));
    CHECK_EQ(ZX_EVENTPAIR_PEER_CLOSED, signals_of(pair[1]));
    CHECK_EQ(ZX_CHANNEL_PEER_CLOSED, signals_of(inner[0]));
    // K-5.
    CHECK_STATUS(ZX_ERR_PEER_CLOSED, zx_object_signal_peer(pair[1], 0, ZX_EVENTPAIR_SIGNALED));
    const zx_handle_t handles[] = {outer[0], inner[0], pair[1]};
    CHECK_OK(zx_handle_close_many(handles, 3));
}

// H-7: in blocks of 64, as far as the array can be read.
static void closing_many(void) {
    enum { COUNT = 130 };
    zx_handle_t handles[COUNT];
    for (int i = 0; i < COUNT; i++) {
        handles[i] = i == 70 ? ZX_HANDLE_INVALID : new_event();
    }
    uint32_t before = open_handles();
    CHECK_OK(zx_handle_close_many(handles, COUNT));
    CHECK_EQ(before - (COUNT - 1), open_handles());
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close_many(handles, COUNT));
    CHECK_OK(zx_handle_close_many(&handles[70], 1));
    CHECK_OK(zx_handle_close_many(NOWHERE, 5));
    CHECK_OK(zx_handle_close_many(NOWHERE, SIZE_MAX));
}

int main(void) {
    nowhere_to_store();
    there_and_back();
    consumed();
    signals_and_messages();
    dropped_messages();
    closing_many();
    return CHECK_RESULT();
}
