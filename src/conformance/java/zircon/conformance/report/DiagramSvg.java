package zircon.conformance.report;

import zircon.conformance.report.ExchangeDiagram.Drawn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Draws states in columns, by their distance from the first one, which stands at the right end,
/// too: an exchange ends where it began. What leaves a state as it is stands inside of it.
final class DiagramSvg {
    /// What a letter takes at most, of labels and of what stands in boxes.
    private static final double LETTER = 7.9;

    private static final double SMALL_LETTER = 7.1;

    /// Where an edge bends, between its label and its end.
    private static final int BEND = 80;

    private static final int LINE = 20;
    private static final int PORT = 40;
    private static final int SPACE = 36;
    private static final int MARGIN = 10;

    /// A state at its place.
    private static final class Box {
        final String name;
        final List<Drawn> out = new ArrayList<>();
        final List<Drawn> in = new ArrayList<>();
        final List<Drawn> loops = new ArrayList<>();
        int x;
        int y;
        int width;

        Box(String name) {
            this.name = name;
        }

        int height() {
            int ports = Math.max(out.size(), in.size()) * PORT;
            return Math.max(ports, 2 * LINE + loops.size() * LINE + 8);
        }

        int textWidth() {
            double loop = loops.stream().mapToInt(l -> text(l).length() + 2).max().orElse(0);
            return (int) Math.max(loop * SMALL_LETTER, name.length() * 1.2 * LETTER) + 26;
        }

        int outWidth() {
            int label = out.stream().mapToInt(edge -> text(edge).length()).max().orElse(0);
            return (int) (label * LETTER) + BEND + 10;
        }

        int outY(Drawn edge) {
            return port(out, edge);
        }

        int inY(Drawn edge) {
            return port(in, edge);
        }

        private int port(List<Drawn> edges, Drawn edge) {
            return y + (2 * edges.indexOf(edge) + 1) * height() / (2 * edges.size());
        }
    }

    private final List<Drawn> edges;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Box end;
    private final List<List<Box>> columns = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();

    /// @param edges at least one; the first one starts in the first state
    DiagramSvg(List<Drawn> edges) {
        this.edges = edges;
        for (Drawn edge : edges) {
            var _ = boxes.computeIfAbsent(edge.edge().from(), Box::new);
            var _ = boxes.computeIfAbsent(edge.edge().to(), Box::new);
        }
        end = new Box(edges.getFirst().edge().from());
        connect();
        arrange();
    }

    private void connect() {
        for (Drawn edge : edges) {
            Box from = from(edge);
            if (edge.isLoop()) {
                from.loops.add(edge);
            } else {
                from.out.add(edge);
                to(edge).in.add(edge);
            }
        }
    }

    private Box from(Drawn edge) {
        return box(edge.edge().from());
    }

    private Box to(Drawn edge) {
        String name = edge.edge().to();
        return name.equals(end.name) && !edge.isLoop() ? end : box(name);
    }

    private Box box(String name) {
        Box box = boxes.get(name);
        if (box == null) {
            throw new IllegalStateException("no state " + name);
        }
        return box;
    }

    private void arrange() {
        Map<Box, Integer> distance = distances();
        int last = distance.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int i = 0; i <= last + 1; i++) {
            columns.add(new ArrayList<>());
        }
        boxes.values().forEach(box -> columns.get(distance.getOrDefault(box, last)).add(box));
        columns.getLast().add(end);
        int height = columns.stream().mapToInt(DiagramSvg::height).max().orElse(0);
        int x = MARGIN;
        for (List<Box> column : columns) {
            int y = MARGIN + (height - height(column)) / 2;
            int width = column.stream().mapToInt(Box::textWidth).max().orElse(0);
            for (Box box : column) {
                box.x = x;
                box.y = y;
                box.width = width;
                y += box.height() + SPACE;
            }
            x += width + column.stream().mapToInt(Box::outWidth).max().orElse(0);
        }
    }

    private Map<Box, Integer> distances() {
        Map<Box, Integer> distances = new HashMap<>();
        Deque<Box> next = new ArrayDeque<>();
        Box start = box(end.name);
        distances.put(start, 0);
        next.add(start);
        while (!next.isEmpty()) {
            Box box = next.remove();
            int after = 1 + Objects.requireNonNull(distances.get(box));
            for (Drawn edge : box.out) {
                Box to = to(edge);
                if (to != end && !distances.containsKey(to)) {
                    distances.put(to, after);
                    next.add(to);
                }
            }
        }
        return distances;
    }

    private static int height(List<Box> column) {
        return column.stream().mapToInt(box -> box.height() + SPACE).sum() - SPACE;
    }

    String draw() {
        int width = end.x + end.width + MARGIN;
        int height = columns.stream().mapToInt(DiagramSvg::height).max().orElse(0) + 2 * MARGIN;
        add(
                ("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"States of an exception"
                                + " exchange\">")
                        .formatted(width, height));
        add("<defs>%s%s%s</defs>".formatted(arrow("held"), arrow("unseen"), arrow("failed")));
        edges.stream().filter(edge -> !edge.isLoop()).forEach(this::arc);
        boxes.values().forEach(box -> box(box, "state"));
        if (!end.in.isEmpty()) {
            box(end, "state end");
        }
        edges.stream().filter(edge -> !edge.isLoop()).forEach(this::label);
        return svg.append("</svg>").toString();
    }

    private static String arrow(String look) {
        return """
        <marker id="arrow-%s" class="%s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="11" markerHeight="11" \
        markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>\
        """
                .formatted(look, look);
    }

    private void arc(Drawn edge) {
        int x1 = from(edge).x + from(edge).width;
        int y1 = from(edge).outY(edge);
        int x2 = to(edge).x;
        int y2 = to(edge).inY(edge);
        int flat = Math.max(x1, x2 - BEND);
        double weight = edge.count() == 0 ? 1.5 : 1.5 + 0.9 * Math.log10((double) edge.count());
        add(
                ("<path class=\"edge %s\" style=\"stroke-width:%s\" marker-end=\"url(#arrow-%s)\""
                                + " d=\"M%d %dH%dC%d %d %d %d %d %d\"/>")
                        .formatted(
                                edge.look(),
                                String.format(Locale.ROOT, "%.1f", weight),
                                edge.look(),
                                x1,
                                y1,
                                flat,
                                flat + BEND / 2,
                                y1,
                                x2 - BEND / 2,
                                y2,
                                x2,
                                y2));
    }

    private void label(Drawn edge) {
        add(
                "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
                        .formatted(
                                edge.look(),
                                from(edge).x + from(edge).width + 8,
                                from(edge).outY(edge) - 7,
                                words(edge)));
    }

    private void box(Box box, String look) {
        add(
                "<g class=\"%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
                        .formatted(look, box.x, box.y, box.width, box.height()));
        int inside = LINE * (1 + box.loops.size());
        int y = box.y + (box.height() - inside) / 2 + 15;
        add(
                "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>"
                        .formatted(box.x + box.width / 2, y, Markup.escape(box.name)));
        for (Drawn loop : box.loops) {
            y += LINE;
            add(
                    "<text class=\"loop %s\" x=\"%d\" y=\"%d\">↻ %s</text>"
                            .formatted(loop.look(), box.x + 12, y, words(loop)));
        }
        add("</g>");
    }

    private static String words(Drawn edge) {
        return "%s <tspan class=\"count\">%s</tspan>"
                .formatted(Markup.escape(edge.edge().event()), count(edge));
    }

    private static String text(Drawn edge) {
        return edge.edge().event() + " " + count(edge);
    }

    private static String count(Drawn edge) {
        return edge.count() == 0 ? "never" : "×" + Words.count(edge.count());
    }

    private void add(String element) {
        svg.append(element).append('\n');
    }
}
