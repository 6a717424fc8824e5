package zircon.emulation.kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Elements in the order in which they were added. Each is in one chain of its kind at most, and
/// knows its neighbors: to add and to remove one takes the same short time however many there are,
/// and no memory.
///
/// `LinkedHashSet` promises the same, but for an entry per element and an identity hash code, which
/// the JVM is slow to give to a new object.
final class Chain<E extends Chain.Link<E>> {
    /// What can be in a chain.
    abstract static class Link<E extends Link<E>> {
        private @Nullable E before;
        private @Nullable E after;
    }

    private @Nullable E first;
    private @Nullable E last;
    private int size;

    /// Appends an element that is in no chain.
    void add(E element) {
        link(last, element);
        link(element, null);
        size++;
    }

    /// Takes an element of this chain out.
    void remove(E element) {
        Link<E> removed = element;
        link(removed.before, removed.after);
        removed.before = null;
        removed.after = null;
        size--;
    }

    /// Makes two elements neighbors; null stands for an end of the chain.
    private void link(@Nullable E before, @Nullable E after) {
        if (before == null) {
            first = after;
        } else {
            Link<E> neighbor = before; // a private member is not inherited by E
            neighbor.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            Link<E> neighbor = after;
            neighbor.before = before;
        }
    }

    int size() {
        return size;
    }

    /// The elements as they are now, the first added first.
    List<E> toList() {
        List<E> all = new ArrayList<>(size);
        E next = first;
        while (next != null) {
            all.add(next);
            Link<E> element = next;
            next = element.after;
        }
        return all;
    }
}
