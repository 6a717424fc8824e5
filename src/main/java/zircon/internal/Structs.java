package zircon.internal;

import zircon.sys.zircon_h;
import zircon.sys.zx_handle_info;
import zircon.sys.zx_packet_exception;
import zircon.sys.zx_packet_signal;
import zircon.sys.zx_packet_user;
import zircon.sys.zx_policy_basic;
import zircon.sys.zx_port_packet;
import zircon.sys.zx_thread_state_debug_regs;
import zircon.sys.zx_thread_state_fp_regs;
import zircon.sys.zx_thread_state_general_regs;
import zircon.sys.zx_thread_state_vector_regs;
import zircon.sys.zx_wait_item;
import zircon.sys.zx_x86_64_st;
import zircon.sys.zx_x86_64_zmm;

import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Supplier;

/// The structs that the wrapper reads and writes, by the generated layouts: one line per field.
/// What `zx_object_get_info` tells is in [InfoStructs].
public final class Structs {
    static {
        // The generated layouts ask for native access, too; where it is denied, this says what to
        // do.
        NativeLibrary.load();
    }

    /// `zx_handle_t`, `zx_signals_t`, and other numbers of 32 bits.
    public static final ValueLayout.OfInt U32 = zircon_h.C_INT;

    /// `size_t`, `zx_koid_t`, `zx_time_t`, and other numbers of 64 bits.
    public static final ValueLayout.OfLong U64 = zircon_h.C_LONG;

    private Structs() {}

    /// The layout of a record. That this is a method of this class is the point: its initializer
    /// comes before that of a generated class.
    static GroupLayout layout(Supplier<GroupLayout> generated) {
        return generated.get();
    }

    /// A text of the library's own, which ends with a NUL.
    public static String text(MemorySegment address) {
        return address.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /// `zx_port_packet_t`.
    public static final class PortPacket {
        public static final GroupLayout LAYOUT = layout(zx_port_packet::layout);

        private static final int USER_WORDS = 4;

        private PortPacket() {}

        public static long key(MemorySegment packet) {
            return zx_port_packet.key(packet);
        }

        public static void key(MemorySegment packet, long key) {
            zx_port_packet.key(packet, key);
        }

        public static int type(MemorySegment packet) {
            return zx_port_packet.type(packet);
        }

        public static void type(MemorySegment packet, int type) {
            zx_port_packet.type(packet, type);
        }

        public static int status(MemorySegment packet) {
            return zx_port_packet.status(packet);
        }

        public static void status(MemorySegment packet, int status) {
            zx_port_packet.status(packet, status);
        }

        // By offset: the generated way to an element of an array makes a slice, which is an object.
        public static long userWord(MemorySegment packet, int index) {
            return packet.get(U64, userWordOffset(index));
        }

        public static void userWord(MemorySegment packet, int index, long word) {
            packet.set(U64, userWordOffset(index), word);
        }

        private static long userWordOffset(int index) {
            long words = zx_port_packet.user$offset() + zx_packet_user.u64$offset();
            return words + U64.byteSize() * Objects.checkIndex(index, USER_WORDS);
        }

        public static int signalTrigger(MemorySegment packet) {
            return zx_packet_signal.trigger(zx_port_packet.signal(packet));
        }

        public static int signalObserved(MemorySegment packet) {
            return zx_packet_signal.observed(zx_port_packet.signal(packet));
        }

        public static long signalCount(MemorySegment packet) {
            return zx_packet_signal.count(zx_port_packet.signal(packet));
        }

        public static long exceptionPid(MemorySegment packet) {
            return zx_packet_exception.pid(zx_port_packet.exception(packet));
        }

        public static long exceptionTid(MemorySegment packet) {
            return zx_packet_exception.tid(zx_port_packet.exception(packet));
        }
    }

    /// `zx_wait_item_t`.
    public static final class WaitItem {
        public static final GroupLayout LAYOUT = layout(zx_wait_item::layout);

        private WaitItem() {}

        public static MemorySegment at(MemorySegment items, long index) {
            return zx_wait_item.asSlice(items, index);
        }

        public static void handle(MemorySegment item, int handle) {
            zx_wait_item.handle(item, handle);
        }

        public static void waitFor(MemorySegment item, int signals) {
            zx_wait_item.waitfor(item, signals);
        }

        public static int pending(MemorySegment item) {
            return zx_wait_item.pending(item);
        }
    }

    /// `zx_policy_basic_t`.
    public static final class PolicyBasic {
        public static final GroupLayout LAYOUT = layout(zx_policy_basic::layout);

        private PolicyBasic() {}

        public static MemorySegment at(MemorySegment policies, long index) {
            return zx_policy_basic.asSlice(policies, index);
        }

        public static void condition(MemorySegment policy, int condition) {
            zx_policy_basic.condition(policy, condition);
        }

        public static void policy(MemorySegment policy, int action) {
            zx_policy_basic.policy(policy, action);
        }
    }

    /// `zx_handle_info_t`.
    public static final class HandleInfo {
        public static final GroupLayout LAYOUT = layout(zx_handle_info::layout);

        private HandleInfo() {}

        public static MemorySegment at(MemorySegment infos, long index) {
            return zx_handle_info.asSlice(infos, index);
        }

        public static int handle(MemorySegment info) {
            return zx_handle_info.handle(info);
        }

        public static int type(MemorySegment info) {
            return zx_handle_info.type(info);
        }
    }

    /// `zx_thread_state_general_regs_t`: eighteen numbers of 64 bits, found by their names.
    public static final class GeneralRegs {
        public static final GroupLayout LAYOUT = layout(zx_thread_state_general_regs::layout);

        private GeneralRegs() {}

        public static long offset(String register) {
            return LAYOUT.byteOffset(PathElement.groupElement(register));
        }
    }

    /// `zx_thread_state_fp_regs_t`.
    public static final class FpRegs {
        public static final GroupLayout LAYOUT = layout(zx_thread_state_fp_regs::layout);

        private FpRegs() {}

        public static int fcw(MemorySegment regs) {
            return Short.toUnsignedInt(zx_thread_state_fp_regs.fcw(regs));
        }

        public static void fcw(MemorySegment regs, int value) {
            zx_thread_state_fp_regs.fcw(regs, (short) value);
        }

        public static int fsw(MemorySegment regs) {
            return Short.toUnsignedInt(zx_thread_state_fp_regs.fsw(regs));
        }

        public static void fsw(MemorySegment regs, int value) {
            zx_thread_state_fp_regs.fsw(regs, (short) value);
        }

        public static int ftw(MemorySegment regs) {
            return Byte.toUnsignedInt(zx_thread_state_fp_regs.ftw(regs));
        }

        public static void ftw(MemorySegment regs, int value) {
            zx_thread_state_fp_regs.ftw(regs, (byte) value);
        }

        public static int fop(MemorySegment regs) {
            return Short.toUnsignedInt(zx_thread_state_fp_regs.fop(regs));
        }

        public static void fop(MemorySegment regs, int value) {
            zx_thread_state_fp_regs.fop(regs, (short) value);
        }

        public static long fip(MemorySegment regs) {
            return zx_thread_state_fp_regs.fip(regs);
        }

        public static void fip(MemorySegment regs, long value) {
            zx_thread_state_fp_regs.fip(regs, value);
        }

        public static long fdp(MemorySegment regs) {
            return zx_thread_state_fp_regs.fdp(regs);
        }

        public static void fdp(MemorySegment regs, long value) {
            zx_thread_state_fp_regs.fdp(regs, value);
        }

        public static long stLow(MemorySegment regs, int index) {
            return zx_x86_64_st.low(zx_thread_state_fp_regs.st(regs, index));
        }

        public static void stLow(MemorySegment regs, int index, long value) {
            zx_x86_64_st.low(zx_thread_state_fp_regs.st(regs, index), value);
        }

        public static long stHigh(MemorySegment regs, int index) {
            return zx_x86_64_st.high(zx_thread_state_fp_regs.st(regs, index));
        }

        public static void stHigh(MemorySegment regs, int index, long value) {
            zx_x86_64_st.high(zx_thread_state_fp_regs.st(regs, index), value);
        }
    }

    /// `zx_thread_state_vector_regs_t`.
    public static final class VectorRegs {
        public static final GroupLayout LAYOUT = layout(zx_thread_state_vector_regs::layout);

        private VectorRegs() {}

        public static long zmm(MemorySegment regs, int index, int word) {
            return zx_x86_64_zmm.v(zx_thread_state_vector_regs.zmm(regs, index), word);
        }

        public static void zmm(MemorySegment regs, int index, int word, long value) {
            zx_x86_64_zmm.v(zx_thread_state_vector_regs.zmm(regs, index), word, value);
        }

        public static long opmask(MemorySegment regs, int index) {
            return zx_thread_state_vector_regs.opmask(regs, index);
        }

        public static void opmask(MemorySegment regs, int index, long value) {
            zx_thread_state_vector_regs.opmask(regs, index, value);
        }

        public static int mxcsr(MemorySegment regs) {
            return zx_thread_state_vector_regs.mxcsr(regs);
        }

        public static void mxcsr(MemorySegment regs, int value) {
            zx_thread_state_vector_regs.mxcsr(regs, value);
        }
    }

    /// `zx_thread_state_debug_regs_t`.
    public static final class DebugRegs {
        public static final GroupLayout LAYOUT = layout(zx_thread_state_debug_regs::layout);

        private DebugRegs() {}

        public static long dr(MemorySegment regs, int index) {
            return zx_thread_state_debug_regs.dr(regs, index);
        }

        public static void dr(MemorySegment regs, int index, long value) {
            zx_thread_state_debug_regs.dr(regs, index, value);
        }

        public static long dr6(MemorySegment regs) {
            return zx_thread_state_debug_regs.dr6(regs);
        }

        public static void dr6(MemorySegment regs, long value) {
            zx_thread_state_debug_regs.dr6(regs, value);
        }

        public static long dr7(MemorySegment regs) {
            return zx_thread_state_debug_regs.dr7(regs);
        }

        public static void dr7(MemorySegment regs, long value) {
            zx_thread_state_debug_regs.dr7(regs, value);
        }

        public static void dr6Status(MemorySegment regs, long value) {
            zx_thread_state_debug_regs.dr6_status(regs, value);
        }

        public static void dr7Control(MemorySegment regs, long value) {
            zx_thread_state_debug_regs.dr7_control(regs, value);
        }
    }
}
