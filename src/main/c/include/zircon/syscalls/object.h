// Topics of zx_object_get_info() and their records, and object properties.
#ifndef ZIRCON_SYSCALLS_OBJECT_H_
#define ZIRCON_SYSCALLS_OBJECT_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zircon/types.h>

__BEGIN_CDECLS

typedef uint32_t zx_object_info_topic_t;
#define ZX_INFO_NONE ((zx_object_info_topic_t)0u)
#define ZX_INFO_HANDLE_VALID ((zx_object_info_topic_t)1u)
#define ZX_INFO_HANDLE_BASIC ((zx_object_info_topic_t)2u)
#define ZX_INFO_PROCESS ((zx_object_info_topic_t)3u)
#define ZX_INFO_PROCESS_THREADS ((zx_object_info_topic_t)4u)
#define ZX_INFO_VMAR ((zx_object_info_topic_t)7u)
#define ZX_INFO_JOB_CHILDREN ((zx_object_info_topic_t)8u)
#define ZX_INFO_JOB_PROCESSES ((zx_object_info_topic_t)9u)
#define ZX_INFO_THREAD ((zx_object_info_topic_t)10u)
#define ZX_INFO_THREAD_EXCEPTION_REPORT ((zx_object_info_topic_t)11u)
#define ZX_INFO_TASK_STATS ((zx_object_info_topic_t)12u)
#define ZX_INFO_PROCESS_MAPS ((zx_object_info_topic_t)13u)
#define ZX_INFO_PROCESS_VMOS ((zx_object_info_topic_t)14u)
#define ZX_INFO_THREAD_STATS ((zx_object_info_topic_t)15u)
#define ZX_INFO_CPU_STATS ((zx_object_info_topic_t)16u)
#define ZX_INFO_KMEM_STATS ((zx_object_info_topic_t)17u)
#define ZX_INFO_RESOURCE ((zx_object_info_topic_t)18u)
#define ZX_INFO_HANDLE_COUNT ((zx_object_info_topic_t)19u)
#define ZX_INFO_BTI ((zx_object_info_topic_t)20u)
#define ZX_INFO_PROCESS_HANDLE_STATS ((zx_object_info_topic_t)21u)
#define ZX_INFO_SOCKET ((zx_object_info_topic_t)22u)
#define ZX_INFO_VMO ((zx_object_info_topic_t)23u)

typedef uint32_t zx_obj_props_t;
#define ZX_OBJ_PROP_NONE ((zx_obj_props_t)0u)
#define ZX_OBJ_PROP_WAITABLE ((zx_obj_props_t)1u)

typedef struct zx_info_handle_basic {
    zx_koid_t koid;
    zx_rights_t rights;
    zx_obj_type_t type;
    // The peer, or the parent of a task; 0 when there is none.
    zx_koid_t related_koid;
    zx_obj_props_t props;
} zx_info_handle_basic_t;

typedef struct zx_info_handle_count {
    uint32_t handle_count;
} zx_info_handle_count_t;

typedef struct zx_info_process_handle_stats {
    // Indexed by zx_obj_type_t.
    uint32_t handle_count[64];
} zx_info_process_handle_stats_t;

typedef struct zx_info_process {
    int64_t return_code;
    bool started;
    bool exited;
    bool debugger_attached;
} zx_info_process_t;

typedef uint32_t zx_thread_state_t;
#define ZX_THREAD_STATE_NEW ((zx_thread_state_t)0x0000u)
#define ZX_THREAD_STATE_RUNNING ((zx_thread_state_t)0x0001u)
#define ZX_THREAD_STATE_SUSPENDED ((zx_thread_state_t)0x0002u)
// Never reported without one of the reasons below.
#define ZX_THREAD_STATE_BLOCKED ((zx_thread_state_t)0x0003u)
#define ZX_THREAD_STATE_DYING ((zx_thread_state_t)0x0004u)
#define ZX_THREAD_STATE_DEAD ((zx_thread_state_t)0x0005u)

#define ZX_THREAD_STATE_BLOCKED_EXCEPTION ((zx_thread_state_t)0x0103u)
#define ZX_THREAD_STATE_BLOCKED_SLEEPING ((zx_thread_state_t)0x0203u)
#define ZX_THREAD_STATE_BLOCKED_FUTEX ((zx_thread_state_t)0x0303u)
#define ZX_THREAD_STATE_BLOCKED_PORT ((zx_thread_state_t)0x0403u)
#define ZX_THREAD_STATE_BLOCKED_CHANNEL ((zx_thread_state_t)0x0503u)
#define ZX_THREAD_STATE_BLOCKED_WAIT_ONE ((zx_thread_state_t)0x0603u)
#define ZX_THREAD_STATE_BLOCKED_WAIT_MANY ((zx_thread_state_t)0x0703u)
#define ZX_THREAD_STATE_BLOCKED_INTERRUPT ((zx_thread_state_t)0x0803u)

#define ZX_THREAD_STATE_BASIC(n) ((n) & 0xffu)

typedef struct zx_info_thread {
    zx_thread_state_t state;
    // ZX_EXCEPTION_PORT_TYPE_*: the slot whose answer the thread waits for.
    uint32_t wait_exception_port_type;
} zx_info_thread_t;

typedef struct zx_info_thread_stats {
    zx_duration_t total_runtime;
} zx_info_thread_stats_t;

typedef struct zx_info_task_stats {
    size_t mem_mapped_bytes;
    size_t mem_private_bytes;
    size_t mem_shared_bytes;
    size_t mem_scaled_shared_bytes;
} zx_info_task_stats_t;

typedef struct zx_info_vmar {
    uintptr_t base;
    size_t len;
} zx_info_vmar_t;

typedef struct zx_info_maps_mapping {
    uint32_t mmu_flags;
    zx_koid_t vmo_koid;
    uint64_t vmo_offset;
    size_t committed_pages;
} zx_info_maps_mapping_t;

typedef uint32_t zx_info_maps_type_t;

typedef struct zx_info_maps {
    char name[32];
    zx_vaddr_t base;
    size_t size;
    // 0 for the address space, more for what lies within.
    size_t depth;
    zx_info_maps_type_t type;
    union {
        zx_info_maps_mapping_t mapping;
    } u;
} zx_info_maps_t;

typedef struct zx_info_vmo {
    zx_koid_t koid;
    char name[32];
    uint64_t size_bytes;
    zx_koid_t parent_koid;
    size_t num_children;
    size_t num_mappings;
    size_t share_count;
    uint32_t flags;
    uint64_t committed_bytes;
    zx_rights_t handle_rights;
    uint32_t create_options;
    uint32_t cache_policy;
} zx_info_vmo_t;

typedef struct zx_info_socket {
    uint32_t options;
    size_t rx_buf_max;
    size_t rx_buf_size;
    size_t rx_buf_available;
    size_t tx_buf_max;
    size_t tx_buf_size;
} zx_info_socket_t;

typedef struct zx_info_resource {
    uint32_t kind;
    uint32_t flags;
    uint64_t base;
    size_t size;
    char name[32];
} zx_info_resource_t;

typedef struct zx_info_bti {
    uint64_t minimum_contiguity;
    uint64_t aspace_size;
} zx_info_bti_t;

typedef struct zx_info_cpu_stats {
    uint32_t cpu_number;
    uint32_t flags;
    zx_duration_t idle_time;
    uint64_t reschedules;
    uint64_t context_switches;
    uint64_t irq_preempts;
    uint64_t preempts;
    uint64_t yields;
    uint64_t ints;
    uint64_t timer_ints;
    uint64_t timers;
    uint64_t page_faults;
    uint64_t exceptions;
    uint64_t syscalls;
    uint64_t reschedule_ipis;
    uint64_t generic_ipis;
} zx_info_cpu_stats_t;

typedef struct zx_info_kmem_stats {
    uint64_t total_bytes;
    uint64_t free_bytes;
    uint64_t wired_bytes;
    uint64_t total_heap_bytes;
    uint64_t free_heap_bytes;
    uint64_t vmo_bytes;
    uint64_t mmu_overhead_bytes;
    uint64_t ipc_bytes;
    uint64_t other_bytes;
} zx_info_kmem_stats_t;

// Properties.
#define ZX_PROP_REGISTER_GS ((uint32_t)2u)
#define ZX_PROP_NAME ((uint32_t)3u)
#define ZX_PROP_REGISTER_FS ((uint32_t)4u)
#define ZX_PROP_PROCESS_DEBUG_ADDR ((uint32_t)5u)
#define ZX_PROP_PROCESS_VDSO_BASE_ADDRESS ((uint32_t)6u)
#define ZX_PROP_SOCKET_RX_THRESHOLD ((uint32_t)12u)
#define ZX_PROP_SOCKET_TX_THRESHOLD ((uint32_t)13u)
#define ZX_PROP_JOB_KILL_ON_OOM ((uint32_t)15u)

// A ZX_PROP_PROCESS_DEBUG_ADDR that asks the loader to stop once it has set the real one.
#define ZX_PROCESS_DEBUG_ADDR_BREAK_ON_SET ((uintptr_t)1u)

__END_CDECLS

#endif // ZIRCON_SYSCALLS_OBJECT_H_
