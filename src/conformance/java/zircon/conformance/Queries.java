package zircon.conformance;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import zircon.conformance.model.Status;
import zircon.sys.zircon_h;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Asks the library about objects with zx_object_get_info().
final class Queries {
    private static final int MOST_CHILDREN = 64;

    private final MemorySegment record;
    private final MemorySegment list;
    private final MemorySegment actual;
    private final MemorySegment avail;

    Queries(Arena arena) {
        record = arena.allocate(64, 8);
        list = arena.allocate(JAVA_LONG, MOST_CHILDREN);
        actual = arena.allocate(8);
        avail = arena.allocate(8);
    }

    /// What the last answer was written to.
    MemorySegment record() {
        return record;
    }

    /// The status.
    int info(int handle, int topic, int size) {
        return zircon_h.zx_object_get_info(handle, topic, record, size, actual, avail);
    }

    /// The koids of a list.
    ///
    /// @throws Refused the call fails
    List<Long> koids(int handle, int topic) throws Refused {
        int status =
                zircon_h.zx_object_get_info(handle, topic, list, list.byteSize(), actual, avail);
        if (status != 0) {
            throw new Refused(status);
        }
        List<Long> koids = new ArrayList<>();
        for (int i = 0; i < actual.get(JAVA_LONG, 0); i++) {
            koids.add(list.getAtIndex(JAVA_LONG, i));
        }
        return koids;
    }

    /// A call failed that should not.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(int status) {
            super(Status.nameOf(status));
        }

        /// The name of the status.
        String status() {
            return String.valueOf(getMessage());
        }
    }
}
