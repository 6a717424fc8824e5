// What the run-time library keeps for a program: handles that it must not close.
#ifndef ZIRCON_PROCESS_H_
#define ZIRCON_PROCESS_H_

#include <stdint.h>
#include <zircon/types.h>

__BEGIN_CDECLS

// Removes and returns the first start-up handle whose information word equals hnd_info, or ZX_HANDLE_INVALID.
zx_handle_t zx_take_startup_handle(uint32_t hnd_info);

zx_handle_t zx_process_self(void);
zx_handle_t _zx_process_self(void);

zx_handle_t zx_thread_self(void);
zx_handle_t _zx_thread_self(void);

zx_handle_t zx_vmar_root_self(void);
zx_handle_t _zx_vmar_root_self(void);

// May be ZX_HANDLE_INVALID.
zx_handle_t zx_job_default(void);
zx_handle_t _zx_job_default(void);

__END_CDECLS

#endif // ZIRCON_PROCESS_H_
