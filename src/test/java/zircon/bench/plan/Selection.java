package zircon.bench.plan;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Which cases a run has.
public final class Selection {
    private Selection() {}

    /// The groups with those cases alone that are wanted, and what these are compared with.
    public static List<Group> of(List<Group> groups, Predicate<Case> wanted) {
        Set<String> names = new HashSet<>();
        for (Group group : groups) {
            for (Case one : group.cases()) {
                if (wanted.test(one)) {
                    names.add(one.name());
                    names.add(one.beside().name());
                }
            }
        }
        return groups.stream()
                .map(
                        group ->
                                new Group(
                                        group.name(),
                                        group.title(),
                                        group.cases().stream()
                                                .filter(one -> names.contains(one.name()))
                                                .toList()))
                .filter(group -> !group.cases().isEmpty())
                .toList();
    }

    /// Those whose name matches a pattern with `*`, `?` and `{a,b}`.
    public static Predicate<Case> matching(String glob) {
        Predicate<String> names = names(glob);
        return one -> names.test(one.name());
    }

    /// Names that match a pattern with `*`, `?` and `{a,b}`.
    public static Predicate<String> names(String glob) {
        PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return name -> names.matches(Path.of(name));
    }
}
