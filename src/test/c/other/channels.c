// Channels: messages of bytes and handles.
#include "other.h"

#include <stdlib.h>
#include <string.h>

struct message {
    struct message* next;
    uint32_t num_bytes;
    uint32_t num_handles;
    struct handle* handles[ZX_CHANNEL_MAX_MSG_HANDLES];
    char bytes[];
};

// K-4
static void drop(struct message* message) {
    for (uint32_t i = 0; i < message->num_handles; i++) {
        handle_drop(message->handles[i]);
    }
    free(message);
}

// Out of a queue that is not empty.
static struct message* take(struct object* object) {
    struct end* end = &object->end;
    struct message* message = end->first;
    end->first = message->next;
    end->messages--;
    if (end->first == NULL) {
        end->last = &end->first;
        signals_change(object, DEVIATES(READABLE_WHEN_EMPTY) ? 0 : ZX_CHANNEL_READABLE, 0); // K-1
    }
    return message;
}

// Of a channel or an eventpair: K-1, K-4, K-5.
void end_closed(struct object* object) {
    struct object* peer = object->end.peer;
    if (peer != NULL) {
        bool channel = object->type == ZX_OBJ_TYPE_CHANNEL;
        peer->end.peer = NULL;
        object->end.peer = NULL;
        signals_change(peer, channel ? ZX_CHANNEL_WRITABLE : 0, ZX_CHANNEL_PEER_CLOSED);
    }
    while (object->end.first != NULL) {
        drop(take(object));
    }
}
_Static_assert(ZX_CHANNEL_PEER_CLOSED == ZX_EVENTPAIR_PEER_CLOSED, "both have the same bit");

// The calls.

zx_status_t zx_channel_create(uint32_t options, zx_handle_t* out0, zx_handle_t* out1) {
    LOCKED;
    return options != 0 ? ZX_ERR_INVALID_ARGS
                        : handle_publish_pair(ZX_OBJ_TYPE_CHANNEL, out0, out1);
}

// All that can be wrong before the handles are looked at.
static zx_status_t write_status(zx_handle_t handle, uint32_t options, const void* bytes,
                                uint32_t num_bytes, uint32_t num_handles, struct handle** out) {
    if (options != 0) {
        return ZX_ERR_INVALID_ARGS;
    }
    zx_status_t status = handle_get(handle, ZX_RIGHT_WRITE, ZX_OBJ_TYPE_CHANNEL, out);
    if (status != ZX_OK) {
        return status;
    }
    if (num_bytes > ZX_CHANNEL_MAX_MSG_BYTES || num_handles > ZX_CHANNEL_MAX_MSG_HANDLES) {
        return ZX_ERR_OUT_OF_RANGE; // K-1
    }
    return bytes == NULL && num_bytes > 0 ? ZX_ERR_INVALID_ARGS : ZX_OK;
}

// K-2: what is wrong with a handle in a message.
static zx_status_t sent_status(const struct handle* sent, const struct handle* channel) {
    if (sent == NULL) {
        return ZX_ERR_BAD_HANDLE;
    }
    if ((sent->rights & ZX_RIGHT_TRANSFER) == 0) {
        return ZX_ERR_ACCESS_DENIED;
    }
    return sent == channel ? ZX_ERR_NOT_SUPPORTED : ZX_OK;
}

static void consume(const zx_handle_t* handles, uint32_t count) {
    for (uint32_t i = 0; i < count && !DEVIATES(REFUSED_WRITE_GIVES_BACK); i++) {
        struct handle* sent = handle_find(handles[i]);
        if (sent != NULL) {
            handle_drop(sent);
        }
    }
}

// K-2
zx_status_t zx_channel_write(zx_handle_t handle, uint32_t options, const void* bytes,
                             uint32_t num_bytes, const zx_handle_t* handles, uint32_t num_handles) {
    LOCKED;
    struct handle* channel;
    zx_status_t status = write_status(handle, options, bytes, num_bytes, num_handles, &channel);
    if (handles == NULL && num_handles > 0) {
        return status == ZX_OK ? ZX_ERR_INVALID_ARGS : status;
    }
    struct message* message = NULL;
    if (status == ZX_OK) {
        message = calloc(1, sizeof *message + num_bytes);
        status = message == NULL ? ZX_ERR_NO_MEMORY : ZX_OK;
    }
    for (uint32_t i = 0; i < num_handles && status == ZX_OK; i++) {
        struct handle* sent = handle_find(handles[i]);
        status = sent_status(sent, channel);
        if (status == ZX_OK) {
            sent->away = true; // so that a second entry is no handle any more
            message->handles[message->num_handles++] = sent;
        }
    }
    if (status == ZX_OK && channel->object->end.peer == NULL) {
        status = ZX_ERR_PEER_CLOSED;
    }
    if (status != ZX_OK) {
        for (uint32_t i = 0; message != NULL && i < message->num_handles; i++) {
            message->handles[i]->away = false;
        }
        free(message);
        consume(handles, num_handles);
        return status;
    }
    if (num_bytes > 0) {
        memcpy(message->bytes, bytes, num_bytes);
    }
    message->num_bytes = num_bytes;
    struct object* peer = channel->object->end.peer;
    *peer->end.last = message;
    peer->end.last = &message->next;
    peer->end.messages++;
    signals_change(peer, 0, ZX_CHANNEL_READABLE); // K-1
    return ZX_OK;
}

static zx_status_t channel_read(zx_handle_t handle, uint32_t options, void* bytes,
                                zx_handle_t* handles, zx_handle_info_t* infos, uint32_t num_bytes,
                                uint32_t num_handles, uint32_t* actual_bytes,
                                uint32_t* actual_handles) {
    LOCKED;
    struct handle* channel;
    zx_status_t status = handle_get(handle, ZX_RIGHT_READ, ZX_OBJ_TYPE_CHANNEL, &channel);
    if (status != ZX_OK) {
        return status;
    }
    if ((options & ~ZX_CHANNEL_READ_MAY_DISCARD) != 0) {
        return ZX_ERR_NOT_SUPPORTED;
    }
    struct message* message = channel->object->end.first;
    if (message == NULL) {
        return channel->object->end.peer == NULL ? ZX_ERR_PEER_CLOSED : ZX_ERR_SHOULD_WAIT; // K-1
    }
    if (actual_bytes != NULL) {
        *actual_bytes = message->num_bytes;
    }
    if (actual_handles != NULL) {
        *actual_handles = message->num_handles;
    }
    if (num_bytes < message->num_bytes || num_handles < message->num_handles) { // K-3
        if (options == ZX_CHANNEL_READ_MAY_DISCARD) {
            drop(take(channel->object));
        }
        return ZX_ERR_BUFFER_TOO_SMALL;
    }
    take(channel->object);
    if ((bytes == NULL && message->num_bytes > 0) ||
        (handles == NULL && infos == NULL && message->num_handles > 0)) {
        drop(message);
        return ZX_ERR_INVALID_ARGS;
    }
    if (message->num_bytes > 0) {
        memcpy(bytes, message->bytes, message->num_bytes);
    }
    for (uint32_t i = 0; i < message->num_handles; i++) {
        struct handle* sent = message->handles[i];
        sent->away = false; // H-3
        waits_end(sent->object, sent); // H-10
        if (infos == NULL) {
            handles[i] = sent->value;
        } else {
            infos[i] = (zx_handle_info_t){
                .handle = sent->value, .type = sent->object->type, .rights = sent->rights};
        }
    }
    free(message);
    return ZX_OK;
}

zx_status_t zx_channel_read(zx_handle_t handle, uint32_t options, void* bytes, zx_handle_t* handles,
                            uint32_t num_bytes, uint32_t num_handles, uint32_t* actual_bytes,
                            uint32_t* actual_handles) {
    return channel_read(handle, options, bytes, handles, NULL, num_bytes, num_handles, actual_bytes,
                        actual_handles);
}

zx_status_t zx_channel_read_etc(zx_handle_t handle, uint32_t options, void* bytes,
                                zx_handle_info_t* handles, uint32_t num_bytes, uint32_t num_handles,
                                uint32_t* actual_bytes, uint32_t* actual_handles) {
    return channel_read(handle, options, bytes, NULL, handles, num_bytes, num_handles, actual_bytes,
                        actual_handles);
}
