// Sizes that the kernel fixes.
#ifndef ZIRCON_LIMITS_H_
#define ZIRCON_LIMITS_H_

// ISO C asks for a declaration in every translation unit, also in one that holds this header alone.
#include <stddef.h>

#define ZX_PAGE_SIZE (4096)

#endif // ZIRCON_LIMITS_H_
