package zircon;

import java.util.Objects;

/// What a handle lets its holder do with the object: a set of `ZX_RIGHT_*`.
///
/// A handle's rights never change. A request for more than the source has is refused.
///
/// @param bits the `zx_rights_t`; bits without a name are kept
public record Rights(int bits) {
    /// May be duplicated.
    public static final Rights DUPLICATE = new Rights(1 << 0);

    /// May be sent through a channel, or given to a new process.
    public static final Rights TRANSFER = new Rights(1 << 1);

    /// The object's contents may be read.
    public static final Rights READ = new Rights(1 << 2);

    /// The object's contents may be written; stands in for some of the MANAGE rights.
    public static final Rights WRITE = new Rights(1 << 3);

    /// Memory may be mapped executable.
    public static final Rights EXECUTE = new Rights(1 << 4);

    /// Memory may be mapped.
    public static final Rights MAP = new Rights(1 << 5);

    /// Properties, such as the name, may be read.
    public static final Rights GET_PROPERTY = new Rights(1 << 6);

    /// Properties, such as the name, may be set.
    public static final Rights SET_PROPERTY = new Rights(1 << 7);

    /// Children may be listed and obtained.
    public static final Rights ENUMERATE = new Rights(1 << 8);

    /// The task may be killed.
    public static final Rights DESTROY = new Rights(1 << 9);

    /// The job's policy may be set.
    public static final Rights SET_POLICY = new Rights(1 << 10);

    /// The job's policy may be read.
    public static final Rights GET_POLICY = new Rights(1 << 11);

    /// The object's user signals may be changed.
    public static final Rights SIGNAL = new Rights(1 << 12);

    /// The peer's user signals may be changed.
    public static final Rights SIGNAL_PEER = new Rights(1 << 13);

    /// Signals may be waited for.
    public static final Rights WAIT = new Rights(1 << 14);

    /// Information may be asked for.
    public static final Rights INSPECT = new Rights(1 << 15);

    /// Child jobs may be created.
    public static final Rights MANAGE_JOB = new Rights(1 << 16);

    /// Processes may be created.
    public static final Rights MANAGE_PROCESS = new Rights(1 << 17);

    /// Threads may be created and started.
    public static final Rights MANAGE_THREAD = new Rights(1 << 18);

    /// A scheduling profile may be applied.
    public static final Rights APPLY_PROFILE = new Rights(1 << 19);

    /// No right at all.
    public static final Rights NONE = new Rights(0);

    /// A request for the rights that the source has; no handle ever holds it.
    public static final Rights SAME_RIGHTS = new Rights(1 << 31);

    /// TRANSFER, DUPLICATE, WAIT and INSPECT.
    public static final Rights BASIC = of(TRANSFER, DUPLICATE, WAIT, INSPECT);

    /// READ and WRITE.
    public static final Rights IO = of(READ, WRITE);

    /// GET_PROPERTY and SET_PROPERTY.
    public static final Rights PROPERTY = of(GET_PROPERTY, SET_PROPERTY);

    /// GET_POLICY and SET_POLICY.
    public static final Rights POLICY = of(GET_POLICY, SET_POLICY);

    // In the order of their bits.
    private static final String[] NAMES = {
        "DUPLICATE",
        "TRANSFER",
        "READ",
        "WRITE",
        "EXECUTE",
        "MAP",
        "GET_PROPERTY",
        "SET_PROPERTY",
        "ENUMERATE",
        "DESTROY",
        "SET_POLICY",
        "GET_POLICY",
        "SIGNAL",
        "SIGNAL_PEER",
        "WAIT",
        "INSPECT",
        "MANAGE_JOB",
        "MANAGE_PROCESS",
        "MANAGE_THREAD",
        "APPLY_PROFILE"
    };

    /// The union of `rights`.
    ///
    /// @param rights any number of sets
    /// @return every right that one of them has
    public static Rights of(Rights... rights) {
        int bits = 0;
        for (Rights right : NonNull.copyOf(rights, "rights")) {
            bits |= right.bits;
        }
        return new Rights(bits);
    }

    /// These rights and those of `other`.
    ///
    /// @param other what to add
    /// @return the union
    public Rights plus(Rights other) {
        return new Rights(bits | Objects.requireNonNull(other, "other").bits);
    }

    /// These rights without those of `other`.
    ///
    /// @param other what to take away
    /// @return the difference
    public Rights minus(Rights other) {
        return new Rights(bits & ~Objects.requireNonNull(other, "other").bits);
    }

    /// Tells whether every right of `other` is among these.
    ///
    /// @param other what is looked for
    /// @return true if nothing of it is missing
    public boolean contains(Rights other) {
        return (bits & Objects.requireNonNull(other, "other").bits) == other.bits;
    }

    /// The rights by name.
    ///
    /// @return for example `Rights[READ|WRITE]`; bits without a name are shown as one hexadecimal
    ///   number
    @Override
    public String toString() {
        if (equals(SAME_RIGHTS)) {
            return "Rights[SAME_RIGHTS]";
        }
        return BitNames.text("Rights", bits, NAMES);
    }
}
