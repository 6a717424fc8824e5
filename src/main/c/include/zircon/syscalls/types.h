// Names of the records that the syscalls' prototypes mention.
#ifndef ZIRCON_SYSCALLS_TYPES_H_
#define ZIRCON_SYSCALLS_TYPES_H_

#include <zircon/compiler.h>
#include <zircon/types.h>

__BEGIN_CDECLS

typedef struct zx_port_packet zx_port_packet_t;

__END_CDECLS

#endif // ZIRCON_SYSCALLS_TYPES_H_
