package zircon.emulation.syscalls;

import static zircon.sys.zircon_h.ZX_THREAD_STATE_DEBUG_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_FP_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_GENERAL_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_SINGLE_STEP;
import static zircon.sys.zircon_h.ZX_THREAD_STATE_VECTOR_REGS;
import static zircon.sys.zircon_h.ZX_THREAD_X86_REGISTER_FS;
import static zircon.sys.zircon_h.ZX_THREAD_X86_REGISTER_GS;

import zircon.emulation.kernel.DebugRegisters;
import zircon.emulation.kernel.Refusal;
import zircon.emulation.kernel.ThreadContext;
import zircon.emulation.kernel.ThreadDispatcher;
import zircon.sys.zx_thread_state_debug_regs;
import zircon.sys.zx_thread_state_fp_regs;
import zircon.sys.zx_thread_state_general_regs;
import zircon.sys.zx_thread_state_vector_regs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;

/// The kinds of register set that a stopped thread has. Reading and writing want the lock.
enum RegisterSet {
    GENERAL(zx_thread_state_general_regs.layout().byteSize()) {
        @Override
        void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into) {
            requireGeneral(context);
            into.copyFrom(context.general());
            if (context.inSyscall()) { // I-4
                zx_thread_state_general_regs.rdi(into, 0);
                zx_thread_state_general_regs.rdx(into, 0);
            }
        }

        @Override
        void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from) {
            requireGeneral(context);
            MemorySegment registers = context.general();
            long asked = zx_thread_state_general_regs.rflags(from);
            long flags = zx_thread_state_general_regs.rflags(registers);
            long rsp = zx_thread_state_general_regs.rsp(registers);
            if (context.inSyscall() && zx_thread_state_general_regs.rip(from) >>> USER_BITS != 0) {
                throw Refusal.INVALID_ARGS;
            }
            registers.copyFrom(from);
            // I-3: the rest is not a user's to change
            zx_thread_state_general_regs.rflags(
                    registers, (flags & ~USER_FLAGS) | (asked & USER_FLAGS));
            if (context.inSyscall()) {
                zx_thread_state_general_regs.rsp(registers, rsp); // I-4
            }
        }
    },
    FP(zx_thread_state_fp_regs.layout().byteSize()) {
        @Override
        void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into) {
            context.readFp(into);
        }

        @Override
        void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from) {
            context.writeFp(from);
        }
    },
    VECTOR(zx_thread_state_vector_regs.layout().byteSize()) {
        @Override
        void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into) {
            context.readVector(into);
        }

        @Override
        void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from) {
            context.writeVector(from);
        }
    },
    DEBUG(zx_thread_state_debug_regs.layout().byteSize()) {
        @Override
        void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into) {
            DebugRegisters registers = thread.debugRegisters();
            for (int i = 0; i < DebugRegisters.COUNT; i++) {
                zx_thread_state_debug_regs.dr(into, i, registers.address(i));
            }
            zx_thread_state_debug_regs.dr6(into, registers.status());
            zx_thread_state_debug_regs.dr7(into, registers.control());
            zx_thread_state_debug_regs.dr6_status(into, registers.status());
            zx_thread_state_debug_regs.dr7_control(into, registers.control());
        }

        @Override
        void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from) {
            long[] addresses = new long[DebugRegisters.COUNT];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = zx_thread_state_debug_regs.dr(from, i);
            }
            thread.debugRegisters()
                    .set(
                            addresses,
                            zx_thread_state_debug_regs.dr6(from),
                            zx_thread_state_debug_regs.dr7(from));
        }
    },
    SINGLE_STEP(Integer.BYTES) {
        @Override
        void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into) {
            requireGeneral(context);
            long flags = zx_thread_state_general_regs.rflags(context.general());
            into.set(ValueLayout.JAVA_INT, 0, (flags & TRAP_FLAG) == 0 ? 0 : 1);
        }

        @Override
        void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from) {
            int wanted = from.get(ValueLayout.JAVA_INT, 0);
            if (wanted != 0 && wanted != 1) {
                throw Refusal.INVALID_ARGS;
            }
            requireGeneral(context);
            long flags = zx_thread_state_general_regs.rflags(context.general()) & ~TRAP_FLAG;
            zx_thread_state_general_regs.rflags(
                    context.general(), wanted == 1 ? flags | TRAP_FLAG : flags);
        }
    },
    /// FS and GS: known by size, implemented nowhere (I-2).
    SEGMENT_BASE(Long.BYTES) {
        @Override
        void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into) {
            throw Refusal.INVALID_ARGS;
        }

        @Override
        void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from) {
            throw Refusal.INVALID_ARGS;
        }
    };

    /// Enough for each of the records.
    static final int ALIGNMENT = 16;

    private static final long TRAP_FLAG = 0x100;
    // The addresses of user code have no higher bits.
    private static final int USER_BITS = 47;
    // CF, PF, AF, ZF, SF, TF, DF, OF, NT, AC and ID.
    private static final long USER_FLAGS = 0x24_4dd5;

    private static final Map<Integer, RegisterSet> BY_KIND =
            Map.of(
                    ZX_THREAD_STATE_GENERAL_REGS(), GENERAL,
                    ZX_THREAD_STATE_FP_REGS(), FP,
                    ZX_THREAD_STATE_VECTOR_REGS(), VECTOR,
                    ZX_THREAD_STATE_DEBUG_REGS(), DEBUG,
                    ZX_THREAD_STATE_SINGLE_STEP(), SINGLE_STEP,
                    ZX_THREAD_X86_REGISTER_FS(), SEGMENT_BASE,
                    ZX_THREAD_X86_REGISTER_GS(), SEGMENT_BASE);

    private final long size;

    RegisterSet(long size) {
        this.size = size;
    }

    /// The one that a ZX_THREAD_STATE_* names, if any.
    static Optional<RegisterSet> ofKind(int kind) {
        return Optional.ofNullable(BY_KIND.get(kind));
    }

    long size() {
        return size;
    }

    /// I-2, I-3: a thread without code of its own has no frame.
    private static void requireGeneral(ThreadContext context) {
        if (!context.hasGeneral()) {
            throw Refusal.NOT_SUPPORTED;
        }
    }

    abstract void read(ThreadDispatcher thread, ThreadContext context, MemorySegment into);

    abstract void write(ThreadDispatcher thread, ThreadContext context, MemorySegment from);
}
