package zircon.bench.report;

/// How the page looks, on light and dark screens, and on paper.
final class Style {
    static final String CSS =
            """
            :root {
              --paper: #fbfaf7; --ink: #1d2126; --soft: #5c6570; --line: #dfdcd4; --bar: #2f5fb3; --floor: #8a93a0;
              font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
            }
            @media screen and (prefers-color-scheme: dark) {
              :root {
                --paper: #14171b; --ink: #e6e8eb; --soft: #9aa4b0; --line: #343b45; --bar: #6f9df0; --floor: #6b7480;
              }
            }
            body { max-width: 1180px; margin: 32px auto; padding: 0 24px; background: var(--paper); color: var(--ink); }
            h1 { margin: 0 0 10px; font-size: 34px; line-height: 1.2; letter-spacing: -.02em; }
            h2 { margin: 0 0 4px; font-size: 20px; }
            p { margin: 0; }
            section { margin: 36px 0; overflow-x: auto; }
            table { width: 100%; border-collapse: collapse; }
            th { font-weight: normal; text-align: left; }
            thead th { color: var(--soft); font-size: 12px; }
            tr > * { padding: 5px 10px 5px 0; }
            tbody tr, thead + tr, tr + tr { border-top: 1px solid var(--line); }
            tbody th { width: 260px; }
            .soft { color: var(--soft); }
            td.soft { white-space: nowrap; }
            .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            td:first-of-type { width: 32%; min-width: 160px; }
            .bar { position: relative; }
            .bar i { display: block; height: 14px; min-width: 1px; border-radius: 2px; background: var(--bar); }
            .floor .bar i { background: var(--floor); }
            .bar b { position: absolute; top: 50%; height: 2px; margin-top: -1px; background: var(--ink); }
            .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 20px 28px; margin: 14px 0; }
            figure { margin: 0; break-inside: avoid; font-size: 13px; }
            svg { display: block; width: 100%; margin: 4px 0; }
            svg text { fill: var(--soft); font-size: 10px; }
            svg path { fill: none; stroke: var(--line); }
            svg .fit { stroke: var(--soft); stroke-dasharray: 5 4; }
            svg .error { stroke: var(--ink); stroke-width: 1.5; }
            svg circle { fill: var(--bar); }
            .memory { width: auto; }
            .memory th { width: auto; min-width: 220px; }
            .memory td { width: auto; min-width: 0; }
            @media print {
              body { max-width: none; margin: 0; padding: 0; }
              .bar i, circle { print-color-adjust: exact; }
            }
            """;

    private Style() {}
}
