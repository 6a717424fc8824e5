// Binding by hand-written JNI, and the same calls with no Java around them.
#include <jni.h>
#include <zircon/syscalls.h>

#define JAVA(name) JNICALL Java_zircon_bench_Jni_##name

JNIEXPORT jint JAVA(bind)(JNIEnv* env, jclass class, jint task, jint port, jlong key, jint options) {
    (void)env;
    (void)class;
    return zx_task_bind_exception_port((zx_handle_t)task, (zx_handle_t)port, (uint64_t)key, (uint32_t)options);
}

// `calls` calls, and returns what the last one said.
JNIEXPORT jint JAVA(bindInC)(JNIEnv* env, jclass class, jint task, jint port, jlong key, jint calls) {
    (void)env;
    (void)class;
    zx_status_t status = 0;
    for (jint i = 0; i < calls; i++) {
        status = zx_task_bind_exception_port((zx_handle_t)task, (zx_handle_t)port, (uint64_t)key, 0);
    }
    return status;
}

// As many times bound and unbound, and returns what the last call said.
JNIEXPORT jint JAVA(bindAndUnbindInC)(JNIEnv* env, jclass class, jint task, jint port, jlong key, jint times) {
    (void)env;
    (void)class;
    zx_status_t status = 0;
    for (jint i = 0; i < times; i++) {
        status = zx_task_bind_exception_port((zx_handle_t)task, (zx_handle_t)port, (uint64_t)key, 0);
        status |= zx_task_bind_exception_port((zx_handle_t)task, 0, 0, 0);
    }
    return status;
}
