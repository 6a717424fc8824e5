// What zx_object_get_info tells, topic by topic.
#include "guest.h"

#include <stdlib.h>

// What each topic wants of a handle.
static const struct topic {
    uint32_t number;
    zx_rights_t right;
    zx_obj_type_t type;
    // Of its record; of each of them when it is a list.
    size_t size;
    int list;
} topics[] = {
    {ZX_INFO_PROCESS, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_PROCESS, sizeof(zx_info_process_t), 0},
    {ZX_INFO_PROCESS_THREADS, ZX_RIGHT_ENUMERATE, ZX_OBJ_TYPE_PROCESS, sizeof(zx_koid_t), 1},
    {ZX_INFO_VMAR, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_VMAR, sizeof(zx_info_vmar_t), 0},
    {ZX_INFO_JOB_CHILDREN, ZX_RIGHT_ENUMERATE, ZX_OBJ_TYPE_JOB, sizeof(zx_koid_t), 1},
    {ZX_INFO_JOB_PROCESSES, ZX_RIGHT_ENUMERATE, ZX_OBJ_TYPE_JOB, sizeof(zx_koid_t), 1},
    {ZX_INFO_THREAD, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_THREAD, sizeof(zx_info_thread_t), 0},
    {ZX_INFO_TASK_STATS, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_PROCESS, sizeof(zx_info_task_stats_t), 0},
    {ZX_INFO_PROCESS_MAPS, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_PROCESS, sizeof(zx_info_maps_t), 1},
    {ZX_INFO_THREAD_STATS, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_THREAD, sizeof(zx_info_thread_stats_t), 0},
    {ZX_INFO_PROCESS_HANDLE_STATS, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_PROCESS, sizeof(zx_info_process_handle_stats_t), 0},
    {ZX_INFO_HANDLE_BASIC, ZX_RIGHT_NONE, ZX_OBJ_TYPE_NONE, sizeof(zx_info_handle_basic_t), 0},
    {ZX_INFO_HANDLE_COUNT, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_NONE, sizeof(zx_info_handle_count_t), 0},
    // These want a state, too; or an object of a kind that no call makes.
    {ZX_INFO_THREAD_EXCEPTION_REPORT, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_THREAD, 0, 0},
    {ZX_INFO_PROCESS_VMOS, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_PROCESS, 0, 0},
    {ZX_INFO_CPU_STATS, ZX_RIGHT_NONE, ZX_OBJ_TYPE_RESOURCE, 0, 0},
    {ZX_INFO_KMEM_STATS, ZX_RIGHT_NONE, ZX_OBJ_TYPE_RESOURCE, 0, 0},
    {ZX_INFO_RESOURCE, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_RESOURCE, 0, 0},
    {ZX_INFO_BTI, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_BTI, 0, 0},
    {ZX_INFO_SOCKET, ZX_RIGHT_INSPECT, ZX_OBJ_TYPE_SOCKET, 0, 0},
    {ZX_INFO_VMO, ZX_RIGHT_NONE, ZX_OBJ_TYPE_VMO, 0, 0},
};

enum { TOPICS = sizeof(topics) / sizeof(topics[0]) };

static unsigned char buffer[1 << 20];

static zx_status_t get(zx_handle_t handle, uint32_t topic) {
    return zx_object_get_info(handle, topic, buffer, sizeof(buffer), NULL, NULL);
}

static void handle_checks(zx_handle_t process, zx_handle_t thread) {
    const zx_handle_t objects[] = {process, thread, zx_job_default(), zx_vmar_root_self(), new_event(), new_port()};
    for (int t = 0; t < TOPICS; t++) {
        CHECK_STATUS(ZX_ERR_BAD_HANDLE, get(ZX_HANDLE_INVALID, topics[t].number));
        CHECK_STATUS(ZX_ERR_BAD_HANDLE, get(closed_handle(), topics[t].number));
        for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++) {
            zx_info_handle_basic_t info = basic_info(objects[i]);
            int right_type = topics[t].type == ZX_OBJ_TYPE_NONE || topics[t].type == info.type;
            // C-1: the right is looked at before the type.
            zx_handle_t powerless = duplicate(objects[i], ZX_RIGHT_NONE);
            zx_status_t expected = topics[t].right != 0 ? ZX_ERR_ACCESS_DENIED : ZX_ERR_WRONG_TYPE;
            if (topics[t].right != 0 || !right_type) {
                CHECK_STATUS(expected, get(powerless, topics[t].number));
            }
            CHECK_OK(zx_handle_close(powerless));
            if ((info.rights & topics[t].right) != topics[t].right) {
                CHECK_STATUS(ZX_ERR_ACCESS_DENIED, get(objects[i], topics[t].number));
            } else if (!right_type) {
                CHECK_STATUS(ZX_ERR_WRONG_TYPE, get(objects[i], topics[t].number));
            }
        }
    }
    CHECK_OK(zx_handle_close_many(&objects[4], 2));
    // A number that is no topic comes before all of that.
    const uint32_t unknown[] = {ZX_INFO_NONE, 5, 6, 24, 0xffffffff};
    for (int i = 0; i < 5; i++) {
        CHECK_STATUS(ZX_ERR_NOT_SUPPORTED, get(ZX_HANDLE_INVALID, unknown[i]));
    }
}

static zx_handle_t object_of(zx_obj_type_t type, zx_handle_t process, zx_handle_t thread) {
    switch (type) {
    case ZX_OBJ_TYPE_THREAD:
        return thread;
    case ZX_OBJ_TYPE_JOB:
        return zx_job_default();
    case ZX_OBJ_TYPE_VMAR:
        return zx_vmar_root_self();
    default:
        return process;
    }
}

static void buffers(zx_handle_t process, zx_handle_t thread) {
    for (int t = 0; t < TOPICS; t++) {
        size_t size = topics[t].size;
        if (size == 0) {
            continue;
        }
        zx_handle_t object = object_of(topics[t].type, process, thread);
        uint32_t topic = topics[t].number;
        size_t actual = 77;
        size_t avail = 77;
        if (topics[t].list) {
            // I-6: always OK, with as many whole records as fit.
            CHECK_OK(zx_object_get_info(object, topic, NULL, 0, &actual, &avail));
            CHECK_EQ(0, actual);
            size_t all = avail;
            CHECK_OK(zx_object_get_info(object, topic, NULL, size - 1, &actual, &avail));
            CHECK_EQ(0, actual);
            CHECK_OK(zx_object_get_info(object, topic, buffer, sizeof(buffer), &actual, &avail));
            CHECK_EQ(avail, actual);
            CHECK_OK(zx_object_get_info(object, topic, buffer, sizeof(buffer), NULL, NULL));
            if (all > 0) {
                buffer[size] = 0x77;
                CHECK_OK(zx_object_get_info(object, topic, buffer, 2 * size - 1, &actual, NULL));
                CHECK_EQ(1, actual);
                CHECK_EQ(0x77, buffer[size]);
                CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_get_info(object, topic, NULL, size, NULL, NULL));
            }
        } else {
            // I-5: all of the record or nothing; what lies behind it stays as it was.
            buffer[0] = 0x77;
            CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL,
                         zx_object_get_info(object, topic, buffer, size - 1, &actual, &avail));
            CHECK_EQ(0, actual);
            CHECK_EQ(1, avail);
            CHECK_EQ(0x77, buffer[0]);
            CHECK_STATUS(ZX_ERR_BUFFER_TOO_SMALL, zx_object_get_info(object, topic, NULL, 0, NULL, NULL));
            buffer[size] = 0x77;
            CHECK_OK(zx_object_get_info(object, topic, buffer, size + 1, &actual, &avail));
            CHECK_EQ(1, actual);
            CHECK_EQ(1, avail);
            CHECK_EQ(0x77, buffer[size]);
            CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_get_info(object, topic, NULL, size, NULL, NULL));
        }
        CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_get_info(object, topic, buffer, sizeof(buffer), (size_t*)8, NULL));
        CHECK_STATUS(ZX_ERR_INVALID_ARGS, zx_object_get_info(object, topic, buffer, sizeof(buffer), NULL, (size_t*)8));
    }
    // I-7: HANDLE_VALID looks at none of them.
    CHECK_OK(zx_object_get_info(process, ZX_INFO_HANDLE_VALID, (void*)8, 8, (size_t*)8, (size_t*)8));
}

// A region of PROCESS_MAPS that contains an address, at some depth.
static const zx_info_maps_t* region_at(const zx_info_maps_t* maps, size_t count, zx_vaddr_t address, size_t depth) {
    for (size_t i = 0; i < count; i++) {
        if (maps[i].depth == depth && address >= maps[i].base && address - maps[i].base < maps[i].size) {
            return &maps[i];
        }
    }
    return NULL;
}

static const zx_info_vmo_t* vmo_named(const zx_info_vmo_t* vmos, size_t count, zx_koid_t koid) {
    for (size_t i = 0; i < count; i++) {
        if (vmos[i].koid == koid) {
            return &vmos[i];
        }
    }
    return NULL;
}

static void mapped_memory(zx_handle_t process) {
    static const char text[] = "some of this program";
    size_t count = 0;
    zx_info_maps_t* maps = malloc(sizeof(buffer));
    zx_info_vmo_t* vmos = malloc(sizeof(buffer));
    MUST(zx_object_get_info(process, ZX_INFO_PROCESS_MAPS, maps, sizeof(buffer), &count, NULL));
    CHECK(count > 10);
    // The address space and its root region, which have no pages, and then what is mapped, in order.
    CHECK_EQ(0, maps[0].depth);
    CHECK_EQ(1, maps[1].depth);
    CHECK_EQ(maps[0].base, maps[1].base);
    CHECK_EQ(0, maps[1].u.mapping.vmo_koid);
    CHECK_EQ(0, strcmp("root", maps[1].name));
    for (size_t i = 3; i < count; i++) {
        CHECK_EQ(2, maps[i].depth);
        CHECK(maps[i].base >= maps[i - 1].base + maps[i - 1].size);
        CHECK(maps[i].base + maps[i].size <= maps[0].base + maps[0].size);
        CHECK_EQ(0, maps[i].size % ZX_PAGE_SIZE);
        CHECK(maps[i].u.mapping.committed_pages <= maps[i].size / ZX_PAGE_SIZE);
    }
    const zx_info_maps_t* code = region_at(maps, count, (zx_vaddr_t)(uintptr_t)&mapped_memory, 2);
    const zx_info_maps_t* data = region_at(maps, count, (zx_vaddr_t)buffer, 2);
    const zx_info_maps_t* constant = region_at(maps, count, (zx_vaddr_t)text, 2);
    if (CHECK(code != NULL) && CHECK(data != NULL) && CHECK(constant != NULL)) {
        enum { READ = 1, WRITE = 2, EXECUTE = 4 };
        CHECK_EQ(READ | EXECUTE, code->u.mapping.mmu_flags);
        CHECK_EQ(READ | WRITE, data->u.mapping.mmu_flags);
        CHECK_EQ(0, constant->u.mapping.mmu_flags & WRITE);
        CHECK(code->u.mapping.committed_pages > 0);
        CHECK(strlen(code->name) < ZX_MAX_NAME_LEN);
    }
    size_t vmo_count = 0;
    MUST(zx_object_get_info(process, ZX_INFO_PROCESS_VMOS, vmos, sizeof(buffer), &vmo_count, NULL));
    const zx_info_vmo_t* vmo = code != NULL ? vmo_named(vmos, vmo_count, code->u.mapping.vmo_koid) : NULL;
    if (CHECK(vmo != NULL)) {
        CHECK_EQ(1, vmo->num_mappings);
        CHECK_EQ(0, strcmp(code->name, vmo->name));
        CHECK(vmo->size_bytes >= code->u.mapping.vmo_offset + code->size);
    }
    free(maps);
    free(vmos);

    zx_info_task_stats_t stats;
    MUST(zx_object_get_info(process, ZX_INFO_TASK_STATS, &stats, sizeof(stats), NULL, NULL));
    CHECK(stats.mem_mapped_bytes > stats.mem_private_bytes && stats.mem_private_bytes > 0);
    CHECK(stats.mem_scaled_shared_bytes <= stats.mem_shared_bytes);
}

static void wait_for_ever(uintptr_t event, uintptr_t unused) {
    (void)unused;
    MUST(zx_object_signal((zx_handle_t)event, 0, ZX_USER_SIGNAL_0));
    MUST(zx_object_wait_one((zx_handle_t)event, ZX_EVENT_SIGNALED, ZX_TIME_INFINITE, NULL));
    zx_thread_exit();
}

//
static void states_of_a_process(zx_handle_t process, zx_handle_t thread) {
    CHECK_OK(get(process, ZX_INFO_TASK_STATS));
    CHECK_OK(get(process, ZX_INFO_PROCESS_MAPS));
    CHECK_STATUS(ZX_ERR_BAD_STATE, get(process, ZX_INFO_PROCESS_VMOS));

    zx_handle_t event = new_event();
    start_process(process, thread, wait_for_ever, duplicate(event, ZX_RIGHT_SAME_RIGHTS), 0);
    MUST(zx_object_wait_one(event, ZX_USER_SIGNAL_0, SOON, NULL));
    mapped_memory(process);
    // Oneself one may not look at so, but through whichever handle.
    zx_handle_t self = duplicate(zx_process_self(), ZX_RIGHT_INSPECT);
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, get(self, ZX_INFO_PROCESS_MAPS));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, get(self, ZX_INFO_PROCESS_VMOS));
    CHECK_STATUS(ZX_ERR_ACCESS_DENIED, zx_object_get_info(self, ZX_INFO_PROCESS_MAPS, NULL, 0, NULL, NULL));
    CHECK_OK(get(self, ZX_INFO_TASK_STATS));

    CHECK_OK(zx_task_kill(process));
    wait_until_terminated(process);
    CHECK_STATUS(ZX_ERR_BAD_STATE, get(process, ZX_INFO_TASK_STATS));
    CHECK_STATUS(ZX_ERR_BAD_STATE, get(process, ZX_INFO_PROCESS_MAPS));
    CHECK_STATUS(ZX_ERR_BAD_STATE, get(process, ZX_INFO_PROCESS_VMOS));
    // The state is looked at before the buffer.
    CHECK_STATUS(ZX_ERR_BAD_STATE, zx_object_get_info(process, ZX_INFO_TASK_STATS, NULL, 0, NULL, NULL));
    // The dead still tell of themselves, and what they had is closed.
    CHECK_OK(get(process, ZX_INFO_PROCESS));
    MUST(get(process, ZX_INFO_PROCESS_HANDLE_STATS));
    const zx_info_process_handle_stats_t* stats = (const void*)buffer;
    CHECK_EQ(0, stats->handle_count[ZX_OBJ_TYPE_EVENT]);
    CHECK_OK(zx_handle_close(self));
    CHECK_OK(zx_handle_close(event));
}

static uint32_t handle_count(zx_handle_t handle) {
    zx_info_handle_count_t count = {0};
    MUST(zx_object_get_info(handle, ZX_INFO_HANDLE_COUNT, &count, sizeof(count), NULL, NULL));
    return count.handle_count;
}

// I-7.
static void counts_and_relations(void) {
    zx_handle_t pair[2];
    MUST(zx_channel_create(0, &pair[0], &pair[1]));
    zx_handle_t event = new_event();
    zx_handle_t copy = duplicate(event, ZX_RIGHT_SAME_RIGHTS);
    CHECK_EQ(2, handle_count(event));
    MUST(zx_channel_write(pair[0], 0, NULL, 0, &copy, 1));
    CHECK_EQ(2, handle_count(event));
    zx_koid_t peer = koid_of(pair[1]);
    CHECK_OK(zx_handle_close(pair[1]));
    CHECK_EQ(1, handle_count(event));
    CHECK_EQ(peer, basic_info(pair[0]).related_koid);
    CHECK_OK(zx_handle_close(pair[0]));
    CHECK_OK(zx_handle_close(event));
}

int main(void) {
    zx_handle_t process = new_process(zx_job_default(), "info");
    zx_handle_t thread = new_thread(process, "info");
    handle_checks(process, thread);
    buffers(process, thread);
    states_of_a_process(process, thread);
    counts_and_relations();
    CHECK_OK(zx_handle_close(process));
    CHECK_OK(zx_handle_close(thread));
    return CHECK_RESULT();
}
