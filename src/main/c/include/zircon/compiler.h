// Compiler shorthands that Zircon's public headers share.
#ifndef ZIRCON_COMPILER_H_
#define ZIRCON_COMPILER_H_

// ISO C asks for a declaration in every translation unit, also in one that holds this header alone.
#include <stddef.h>

#ifdef __cplusplus
#define __BEGIN_CDECLS extern "C" {
#define __END_CDECLS }
#else
#define __BEGIN_CDECLS
#define __END_CDECLS
#endif

#if defined(__GNUC__) || defined(__clang__)
#define __NO_RETURN __attribute__((__noreturn__))
#define __ALIGNED(x) __attribute__((__aligned__(x)))
#else
#define __NO_RETURN
#define __ALIGNED(x)
#endif

#endif // ZIRCON_COMPILER_H_
