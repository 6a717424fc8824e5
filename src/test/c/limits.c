// Where the kernel has no more to give: its table of handles, and the size of a message.
#include "guest.h"

#include <stdlib.h>

enum { MAX_HANDLES = 262144 };

static int children_of(zx_handle_t job, uint32_t topic) {
    size_t avail = 0;
    MUST(zx_object_get_info(job, topic, NULL, 0, NULL, &avail));
    return (int)avail;
}

// Every call that makes a handle: none has room for one now, or for two.
static void nothing_can_be_made(zx_handle_t job, zx_handle_t process, zx_handle_t event) {
    zx_handle_t out[2] = {0x77, 0x77};
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_channel_create(0, &out[0], &out[1]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_eventpair_create(0, &out[0], &out[1]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_process_create(job, "x", 1, 0, &out[0], &out[1]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_event_create(0, &out[0]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_port_create(0, &out[0]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_job_create(job, 0, &out[0]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_thread_create(process, "x", 1, 0, &out[0]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_handle_duplicate(event, ZX_RIGHT_SAME_RIGHTS, &out[0]));
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_object_get_child(job, koid_of(process), ZX_RIGHT_NONE, &out[0]));
    // The number is stored last; a place that cannot take it does not matter before.
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_event_create(0, NULL));
    // Nor does lack of memory matter before the arguments are good.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_event_create(1, NULL));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_handle_duplicate(event, ZX_RIGHT_READ, &out[0]));
    CHECK_EQ(0x77, out[0]);
    CHECK_EQ(0x77, out[1]);
    CHECK_EQ(0, children_of(job, ZX_INFO_JOB_CHILDREN));
    CHECK_EQ(1, children_of(job, ZX_INFO_JOB_PROCESSES));
}

static void handles(void) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    zx_handle_t process = new_process(job, "limits");
    zx_handle_t event = new_event();
    zx_handle_t sent = new_event();
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    zx_handle_t* all = malloc(MAX_HANDLES * sizeof(*all));
    size_t count = 0;
    zx_status_t status = ZX_OK;
    while (count < MAX_HANDLES && (status = zx_handle_duplicate(event, ZX_RIGHT_SAME_RIGHTS, &all[count])) == ZX_OK) {
        count++;
    }
    CHECK_STATUS(ZX_ERR_NO_MEMORY, status);
    // Other processes have some, too.
    CHECK(count > MAX_HANDLES - 1000 && count < MAX_HANDLES - 5);
    nothing_can_be_made(job, process, event);

    // A handle in a message still counts; what moves needs no room.
    MUST(zx_channel_write(ends[0], 0, NULL, 0, &sent, 1));
    nothing_can_be_made(job, process, event);
    MUST(zx_channel_read(ends[1], 0, NULL, &sent, 0, 1, NULL, NULL));
    // H-6: replace wants one more for a moment. It fails, and its source is closed all the same.
    zx_handle_t out = 0x77;
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_handle_replace(sent, ZX_RIGHT_SAME_RIGHTS, &out));
    CHECK_EQ(0x77, out);
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(sent));
    // That made room for one, but not for two.
    CHECK_STATUS(ZX_ERR_NO_MEMORY, zx_channel_create(0, &out, &out));
    MUST(zx_event_create(0, &sent));
    nothing_can_be_made(job, process, event);
    CHECK_OK(zx_handle_close(sent));
    CHECK_OK(zx_handle_close_many(all, count));
    free(all);
    const zx_handle_t handles[] = {job, process, event, ends[0], ends[1]};
    CHECK_OK(zx_handle_close_many(handles, 5));
}

static void messages(void) {
    zx_handle_t ends[2];
    MUST(zx_channel_create(0, &ends[0], &ends[1]));
    char* bytes = calloc(1, ZX_CHANNEL_MAX_MSG_BYTES + 1);
    // K-1: 65536 bytes, 64 handles, and no end of messages.
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_channel_write(ends[0], 0, bytes, ZX_CHANNEL_MAX_MSG_BYTES + 1, NULL, 0));
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE, zx_channel_write(ends[0], 0, (void*)8, UINT32_MAX, NULL, 0));
    CHECK_STATUS(ZX_ERR_OUT_OF_RANGE,
                 zx_channel_write(ends[0], 0, NULL, 0, (void*)8, ZX_CHANNEL_MAX_MSG_HANDLES + 1));
    enum { MANY = 5000 };
    for (int i = 0; i < MANY; i++) {
        MUST(zx_channel_write(ends[0], 0, &i, sizeof(i), NULL, 0));
    }
    for (int i = 0; i < MANY; i++) {
        int read = 0;
        MUST(zx_channel_read(ends[1], 0, &read, NULL, sizeof(read), 0, NULL, NULL));
        CHECK_EQ(i, read);
    }
    free(bytes);
    CHECK_OK(zx_handle_close_many(ends, 2));
}

int main(void) {
    handles();
    messages();
    return CHECK_RESULT();
}
