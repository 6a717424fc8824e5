// A libzircon without any Java: handles, events, channels, ports and jobs of one process, in C.
//
// It exists to be judged. As it is, it does what the specification says of these objects, and answers
// ZX_ERR_NOT_SUPPORTED to the calls on processes, threads and exceptions; -DDEVIATION=NAME makes it wrong in one respect.
// Of bad addresses it knows only NULL.
#ifndef OTHER_H_
#define OTHER_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(default)
#include <zircon/process.h>
#include <zircon/status.h>
#include <zircon/syscalls.h>
#include <zircon/types.h>
#pragma GCC visibility pop

#ifndef DEVIATION
#define DEVIATION FAITHFUL
#endif
#define DEVIATES(how) (DEVIATION == (how))

enum deviation {
    FAITHFUL,
    DUPLICATE_ADDS_RIGHTS,    // H-5: a duplicate may have rights that its source lacks.
    REPLACE_KEEPS_SOURCE,     // H-6: the source stays open when its replacement is refused.
    REPEATING_FORGETS,        // P-8: a repeating wait is over after its first packet.
    CANCEL_LEAVES_PACKETS,    // P-12: packets queued already are not canceled.
    READABLE_WHEN_EMPTY,      // K-1: reading the last message leaves READABLE.
    REFUSED_WRITE_GIVES_BACK, // K-2: handles in a message that is refused are not consumed.
    NO_DEFAULT_JOB,           // I-11: the program gets no job.
    CRASHES,                  // The call to make an eventpair is a page fault.
};

struct wait;
struct packet;
struct message;

// A port: what was sent to it, oldest first.
struct port {
    struct packet* first;
    struct packet** end;
    uint32_t packets;
};

// One end of a channel or of an eventpair.
struct end {
    struct object* peer; // NULL once its last handle is closed
    struct message* first;
    struct message** last;
    uint32_t messages;
};

struct job {
    struct object* parent;
    struct object* first_child; // in order of creation
    struct object* next_sibling;
    uint32_t height;
    bool killed;
    char name[ZX_MAX_NAME_LEN];
};

struct object {
    zx_obj_type_t type;
    zx_koid_t koid;
    zx_koid_t related;
    zx_signals_t signals;
    uint32_t handles; // in the table and in messages: I-7
    uint32_t references;
    struct wait* waits; // newest first: W-7
    union {
        struct port port;
        struct end end;
        struct job job;
    };
};

struct handle {
    struct object* object; // NULL in a free slot
    zx_handle_t value;
    zx_rights_t rights;
    bool away;       // in a message, where its number means nothing
    uint64_t serial; // never used again, unlike a slot
    uint32_t generation;
    struct handle* next_free;
};

// A thread or a port that waits for signals of an object.
struct wait {
    struct wait* next;
    uint64_t handle; // the serial of that through which it was begun: H-9
    zx_signals_t trigger;
    zx_signals_t observed;
    bool closed;         // its handle is, so it is in no list any more
    struct object* port; // NULL if a thread waits
    uint64_t key;
    uint32_t type; // of its packets
    uint64_t serial;
};

// Each call holds the one lock while it is in its scope; all that follows is done with it.
#define LOCKED __attribute__((cleanup(unlock), unused)) int locked = lock()
int lock(void);
void unlock(const int* locked);

// Gives the lock away until anything has changed; says whether that was before the deadline.
bool sleep_until(zx_time_t deadline);
void wake_all(void);
uint64_t next_serial(void);

// Objects. Who makes one, or refers to it, releases it; a handle is a reference.
struct object* object_make(zx_obj_type_t type);
void object_retain(struct object* object);
void object_release(struct object* object);
zx_rights_t default_rights(zx_obj_type_t type);
bool is_waitable(const struct object* object);

// Handles. Any type is ZX_OBJ_TYPE_NONE.
struct handle* handle_find(zx_handle_t value);
zx_status_t handle_get(zx_handle_t value, zx_rights_t rights, zx_obj_type_t type, struct handle** out);
zx_status_t handle_get_waitable(zx_handle_t value, struct handle** out);
zx_status_t handle_give(struct object* object, zx_rights_t rights, zx_handle_t* out);
// For new objects: the maker's references become handles.
zx_status_t handle_publish(struct object* object, zx_handle_t* out);
zx_status_t handle_publish_pair(zx_obj_type_t type, zx_handle_t* out0, zx_handle_t* out1);
void handle_drop(struct handle* handle);

// Signals and waits.
void signals_change(struct object* object, zx_signals_t clear, zx_signals_t set);
void wait_begin(struct object* object, struct wait* wait);
void waits_end(struct object* object, const struct handle* handle);
// Says whether there was any.
bool waits_cancel(struct object* object, const struct handle* handle, const struct object* port, uint64_t key);

// What objects do with their last handle, or their last reference.
void end_closed(struct object* end);
void port_closed(struct object* port);
void job_destroyed(struct object* job);
// Says whether the wait goes on.
bool port_fire(struct object* port, const struct wait* wait, zx_signals_t observed, uint64_t count);

#endif // OTHER_H_
