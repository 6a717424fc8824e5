package zircon;

import java.util.List;

/// What kind of object a handle names.
public sealed interface ObjectType permits ObjectType.Known, ObjectType.Other {
    /// The number.
    ///
    /// @return a `zx_obj_type_t`
    int raw();

    /// The ObjectType of a number; nothing is lost.
    ///
    /// @param raw any number
    /// @return the [Known] with this number, or an [Other]
    static ObjectType of(int raw) {
        return OpenNumber.of(raw, Known.VALUES, ObjectType::raw, Other::new);
    }

    /// The types of this kernel.
    enum Known implements ObjectType {
        /// No object.
        NONE(0),
        /// A process: [ZxProcess].
        PROCESS(1),
        /// A thread: [ZxThread].
        THREAD(2),
        /// Memory.
        VMO(3),
        /// A channel's end: [Channel].
        CHANNEL(4),
        /// An event: [Event].
        EVENT(5),
        /// A port: [Port].
        PORT(6),
        /// An interrupt.
        INTERRUPT(9),
        /// A PCI device.
        PCI_DEVICE(11),
        /// The log.
        LOG(12),
        /// A socket's end.
        SOCKET(14),
        /// A resource.
        RESOURCE(15),
        /// An event pair's end: [EventPair].
        EVENTPAIR(16),
        /// A job: [Job].
        JOB(17),
        /// A region of an address space: [Vmar].
        VMAR(18),
        /// A fifo's end.
        FIFO(19),
        /// A virtual machine.
        GUEST(20),
        /// A virtual machine's processor.
        VCPU(21),
        /// A timer.
        TIMER(22),
        /// An IOMMU.
        IOMMU(23),
        /// A bus transaction initiator.
        BTI(24),
        /// A scheduling profile.
        PROFILE(25),
        /// A pinned memory token.
        PMT(26),
        /// What keeps a task suspended: [SuspendToken].
        SUSPEND_TOKEN(27),
        /// A pager.
        PAGER(28);

        private static final List<Known> VALUES = List.of(values());

        private final int raw;

        Known(int raw) {
            this.raw = raw;
        }

        @Override
        public int raw() {
            return raw;
        }
    }

    /// A type that [Known] has no name for.
    ///
    /// @param raw the number
    record Other(int raw) implements ObjectType {
        /// A type that [Known] has no name for. [ObjectType#of(int)] is the way to make one.
        ///
        /// @throws IllegalArgumentException if [Known] has this number
        public Other {
            OpenNumber.requireUnknown(raw, Known.VALUES, ObjectType::raw, "ObjectType");
        }

        /// The number for a person.
        ///
        /// @return for example `ObjectType[29]`
        @Override
        public String toString() {
            return "ObjectType[" + Integer.toUnsignedString(raw) + "]";
        }
    }
}
