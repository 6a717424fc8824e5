// Handles: their numbers, their rights, and what closing, duplicating and replacing them does.
#include "guest.h"

static uint32_t handle_count(zx_handle_t handle) {
    zx_info_handle_count_t count = {0};
    MUST(zx_object_get_info(handle, ZX_INFO_HANDLE_COUNT, &count, sizeof(count), NULL, NULL));
    return count.handle_count;
}

static void numbers(void) {
    enum { MANY = 200 };
    zx_handle_t handles[MANY];
    for (int i = 0; i < MANY; i++) {
        handles[i] = new_event();
        // H-1: 31 bits, odd.
        CHECK_EQ(0, handles[i] & 0x80000000u);
        CHECK_EQ(1, handles[i] & 1u);
        // H-2: no two of them are equal.
        for (int j = 0; j < i; j++) {
            CHECK(handles[i] != handles[j]);
        }
    }
    CHECK_OK(zx_handle_close_many(handles, MANY));

    // H-2: a closed number stays closed while its slot is used again and again.
    zx_handle_t closed = closed_handle();
    for (int i = 0; i < MANY; i++) {
        zx_handle_t event = new_event();
        CHECK(event != closed);
        CHECK_OK(zx_handle_close(event));
    }
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(closed));
}

static void default_rights(void) {
    zx_handle_t job = ZX_HANDLE_INVALID;
    zx_handle_t process = ZX_HANDLE_INVALID;
    zx_handle_t vmar = ZX_HANDLE_INVALID;
    zx_handle_t pair[2] = {ZX_HANDLE_INVALID, ZX_HANDLE_INVALID};
    MUST(zx_job_create(zx_job_default(), 0, &job));
    MUST(zx_process_create(job, "rights", 6, 0, &process, &vmar));
    MUST(zx_eventpair_create(0, &pair[0], &pair[1]));
    const struct {
        zx_handle_t handle;
        zx_obj_type_t type;
        zx_rights_t rights;
        zx_obj_props_t props;
        zx_koid_t related;
    } made[] = {
        {job, ZX_OBJ_TYPE_JOB, 0x3dfcf, ZX_OBJ_PROP_WAITABLE, koid_of(zx_job_default())},
        {process, ZX_OBJ_TYPE_PROCESS, 0x6d3cf, ZX_OBJ_PROP_WAITABLE, koid_of(job)},
        {vmar, ZX_OBJ_TYPE_VMAR, 0x801f, ZX_OBJ_PROP_NONE, 0},
        {new_thread(process, "rights"), ZX_OBJ_TYPE_THREAD, 0x4d2cf, ZX_OBJ_PROP_WAITABLE, koid_of(process)},
        {new_port(), ZX_OBJ_TYPE_PORT, 0x800f, ZX_OBJ_PROP_NONE, 0},
        {new_event(), ZX_OBJ_TYPE_EVENT, 0xd003, ZX_OBJ_PROP_WAITABLE, 0},
        {pair[0], ZX_OBJ_TYPE_EVENTPAIR, 0xf003, ZX_OBJ_PROP_WAITABLE, koid_of(pair[1])},
        {pair[1], ZX_OBJ_TYPE_EVENTPAIR, 0xf003, ZX_OBJ_PROP_WAITABLE, koid_of(pair[0])},
    };
    zx_koid_t last = 0;
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        zx_info_handle_basic_t info = basic_info(made[i].handle);
        CHECK_EQ(made[i].type, info.type);
        CHECK_EQ(made[i].rights, info.rights);
        CHECK_EQ(made[i].props, info.props);
        CHECK_EQ(made[i].related, info.related_koid);
        CHECK(info.koid >= 1024 && info.koid != last);
        last = info.koid;
    }
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
        CHECK_OK(zx_handle_close(made[i].handle));
    }
}

static void duplicating(void) {
    zx_handle_t event = new_event();
    zx_handle_t copy = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    CHECK(copy != event);
    CHECK_EQ(koid_of(event), koid_of(copy));
    CHECK_EQ(basic_info(event).rights, basic_info(copy).rights);
    CHECK_EQ(2, handle_count(event));

    zx_handle_t poor = duplicate(event, ZX_RIGHT_NONE);
    CHECK_EQ(0, basic_info(poor).rights);
    zx_handle_t out = ZX_HANDLE_INVALID;
    // H-5: what is not a subset is refused, SAME_RIGHTS mixed with others is no request, and rights never grow.
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_handle_duplicate(event, ZX_RIGHT_READ, &out));
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_handle_duplicate(event, ZX_RIGHT_SAME_RIGHTS | ZX_RIGHT_WAIT, &out));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_handle_duplicate(poor, ZX_RIGHT_SAME_RIGHTS, &out));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_duplicate(ZX_HANDLE_INVALID, ZX_RIGHT_SAME_RIGHTS, &out));
    // C-3: on failure, out-handles are not written.
    CHECK_EQ(ZX_HANDLE_INVALID, out);

    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_signal(poor, 0, ZX_EVENT_SIGNALED));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_wait_one(poor, ZX_EVENT_SIGNALED, 0, NULL));
    const zx_handle_t handles[] = {event, copy, poor};
    CHECK_OK(zx_handle_close_many(handles, 3));
}

static void replacing(void) {
    zx_handle_t event = new_event();
    zx_koid_t koid = koid_of(event);
    zx_handle_t other = ZX_HANDLE_INVALID;
    MUST(zx_handle_replace(event, ZX_RIGHT_WAIT | ZX_RIGHT_INSPECT, &other));
    CHECK(other != event);
    CHECK_EQ(koid, koid_of(other));
    CHECK_EQ(ZX_RIGHT_WAIT | ZX_RIGHT_INSPECT, basic_info(other).rights);
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(event));

    // H-6: a refused replace closes the source all the same; only a bad handle leaves things as they are.
    zx_handle_t out = ZX_HANDLE_INVALID;
    CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_handle_replace(other, ZX_RIGHT_SIGNAL, &out));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(other));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_replace(other, ZX_RIGHT_NONE, &out));
    CHECK_EQ(ZX_HANDLE_INVALID, out);

    // H-6: the object never has zero handles meanwhile, so a binding survives that its port's only handle is replaced.
    zx_handle_t port = new_port();
    zx_handle_t job = ZX_HANDLE_INVALID;
    MUST(zx_job_create(zx_job_default(), 0, &job));
    MUST(zx_task_bind_exception_port(job, port, 0, 0));
    MUST(zx_handle_replace(port, ZX_RIGHT_NONE, &other));
    CHECK_STATUS(ZX_ERR_ALREADY_BOUND, zx_task_bind_exception_port(job, other, 0, 0));
    // P-15: closing the last handle ends it.
    CHECK_OK(zx_handle_close(other));
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_task_bind_exception_port(job, ZX_HANDLE_INVALID, 0, 0));
    CHECK_OK(zx_handle_close(job));
}

static void closing(void) {
    // H-7.
    CHECK_OK(zx_handle_close(ZX_HANDLE_INVALID));
    CHECK_OK(zx_handle_close_many(NULL, 0));
    zx_handle_t first = new_event();
    zx_handle_t second = new_event();
    zx_handle_t copy = duplicate(second, ZX_RIGHT_SAME_RIGHTS);
    const zx_handle_t with_zeros[] = {ZX_HANDLE_INVALID, first, ZX_HANDLE_INVALID};
    CHECK_OK(zx_handle_close_many(with_zeros, 3));
    const zx_handle_t with_bad_ones[] = {first, second, second, copy};
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close_many(with_bad_ones, 4));
    // What could be closed is closed, also behind the bad ones.
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_handle_close(copy));
}

static void validity(void) {
    zx_handle_t event = new_event();
    CHECK_OK(zx_object_get_info(event, ZX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL));
    CHECK_OK(zx_handle_close(event));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_get_info(event, ZX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL));
    CHECK_STATUS(ZX_ERR_BAD_HANDLE, zx_object_get_info(ZX_HANDLE_INVALID, ZX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL));
    // An unknown topic comes before any look at the handle.
    CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, zx_object_get_info(event, 9999, NULL, 0, NULL, NULL));

    // I-5: a record that does not fit.
    zx_info_handle_basic_t info;
    size_t actual = 7;
    size_t avail = 7;
    CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_object_get_info(zx_process_self(), ZX_INFO_HANDLE_BASIC, &info,
                                                             sizeof(info) - 1, &actual, &avail));
    CHECK_EQ(0, actual);
    CHECK_EQ(1, avail);
}

static void own_handles(void) {
    // I-11: always the same numbers, which are live handles.
    CHECK_EQ(zx_process_self(), zx_process_self());
    CHECK_EQ(ZX_OBJ_TYPE_PROCESS, basic_info(zx_process_self()).type);
    CHECK_EQ(ZX_OBJ_TYPE_THREAD, basic_info(zx_thread_self()).type);
    CHECK_EQ(ZX_OBJ_TYPE_JOB, basic_info(zx_job_default()).type);
    CHECK_EQ(ZX_OBJ_TYPE_VMAR, basic_info(zx_vmar_root_self()).type);
    CHECK_EQ(koid_of(zx_process_self()), basic_info(zx_thread_self()).related_koid);
    CHECK_EQ(koid_of(zx_job_default()), basic_info(zx_process_self()).related_koid);
}

int main(void) {
    numbers();
    default_rights();
    duplicating();
    replacing();
    closing();
    validity();
    own_handles();
    return CHECK_RESULT();
}
