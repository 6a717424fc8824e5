package zircon.conformance.report;

/// How the page looks: on light and dark screens, and on paper.
final class Style {
    static final String CSS =
            """
            :root {
              --paper: #fbfaf7; --card: #fff; --ink: #1d2126; --soft: #5c6570; --line: #dfdcd4;
              --good: #16703f; --good-paper: #e3f4ea; --bad: #c0272d; --bad-paper: #fde5e4;
              --none: #7d5800; --none-paper: #fdf1d3; --accent: #2f5fb3;
              font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --paper: #14171b; --card: #1c2026; --ink: #e6e8eb; --soft: #9aa4b0; --line: #343b45;
                --good: #5fd39a; --good-paper: #17352a; --bad: #ff8a85; --bad-paper: #45201f;
                --none: #e9bd5b; --none-paper: #3a2f14; --accent: #86aef5;
              }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink); }
            header, main { max-width: 1240px; margin: auto; padding: 0 28px; }
            header { padding-top: 36px; }
            h1 { margin: 0; font-size: 44px; line-height: 1.15; letter-spacing: -.02em; }
            header.held h1 { color: var(--good); }
            header.failed h1 { color: var(--bad); }
            h2 { margin: 0 0 6px; font-size: 24px; letter-spacing: -.01em; }
            .kicker { margin: 0 0 4px; color: var(--soft); overflow-wrap: anywhere; }
            section { margin: 40px 0; }
            code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .9em; }
            small, .more, .reason, .again { color: var(--soft); }
            a { color: var(--accent); }
            .bad { color: var(--bad); }
            .squares { display: flex; flex-wrap: wrap; gap: 4px; margin: 18px 0; }
            .squares a { width: 20px; height: 20px; border-radius: 4px; border: 1px solid transparent; }
            .squares .held { background: var(--good); }
            .squares .failed { background: var(--bad); }
            .squares .unrun { border-color: var(--none); background: var(--none-paper); }
            .facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin: 0 0 18px; }
            .facts div { min-width: 0; }
            .facts dt { color: var(--soft); font-size: 12px; }
            .facts dd { margin: 0; font-size: 17px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
            nav { display: flex; flex-wrap: wrap; gap: 4px 22px; padding: 10px 0; border-block: 1px solid var(--line); }
            table { border-collapse: collapse; width: 100%; }
            th { text-align: left; font-weight: normal; }
            thead th { color: var(--soft); font-size: 12px; padding: 6px 10px; }
            .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .bar { height: 5px; margin-top: 4px; border-radius: 3px; background: var(--line); min-width: 70px; overflow: hidden; }
            .bar i { display: block; height: 100%; background: var(--accent); border-radius: 3px; }
            .properties > tbody { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--good); }
            .properties > tbody.failed { border-left-color: var(--bad); }
            .properties > tbody.unrun { border-left-color: var(--none); }
            .properties > tbody > tr > * { padding: 9px 10px; vertical-align: top; }
            .properties p { margin: 2px 0 0; }
            .rules { line-height: 1.7; }
            .mark { display: inline-block; padding: 0 7px; border-radius: 4px; font-size: 12px; font-weight: 600; }
            .held > tr > th .mark { background: var(--good-paper); color: var(--good); }
            .failed > tr > th .mark { background: var(--bad-paper); color: var(--bad); }
            .unrun > tr > th .mark { background: var(--none-paper); color: var(--none); }
            .rule { display: inline-block; padding: 0 6px; border: 1px solid var(--line); border-radius: 4px; font-size: 12px;
              white-space: nowrap; }
            .rule.bad { border-color: var(--bad); font-weight: 600; }
            .properties > tbody > tr.spread > td { max-width: none; padding: 0 10px 10px; }
            .spread summary { color: var(--soft); font-size: 12px; }
            .spread details > div { display: flex; flex-wrap: wrap; gap: 14px 34px; padding-top: 6px; }
            figure { margin: 0; width: 290px; font-size: 12px; line-height: 1.5; break-inside: avoid; }
            figcaption { font-weight: 600; margin-bottom: 2px; }
            figure :is(td, th) { padding: 0 6px 0 0; overflow-wrap: anywhere; }
            figure th { width: 150px; }
            figure td:last-child { padding: 0; text-align: right; width: 50px; color: var(--soft); white-space: nowrap;
              font-variant-numeric: tabular-nums; }
            figure .bar { margin: 0; height: 8px; min-width: 60px; background: none; }
            figure i { min-width: 1px; min-height: 1px; }
            figure p { margin: 0; }
            .columns { display: flex; gap: 2px; height: 76px; }
            .columns span { flex: 1; min-width: 0; display: flex; flex-direction: column; justify-content: end; align-items: center;
              font-size: 10px; color: var(--soft); }
            .columns i { display: block; width: 100%; background: var(--accent); border-radius: 2px 2px 0 0; }
            .legend { display: flex; flex-wrap: wrap; gap: 6px; }
            .matrix tr { border-top: 1px solid var(--line); break-inside: avoid; }
            .matrix th { width: 275px; padding: 7px 10px 7px 0; vertical-align: top; overflow-wrap: anywhere; }
            .matrix td { display: flex; flex-wrap: wrap; gap: 4px; padding: 5px 0; }
            .cell { display: inline-block; padding: 1px 8px 2px; border: 1px solid; border-radius: 5px; font-size: 12px;
              font-weight: 600; line-height: 1.4; }
            .cell em { display: block; font-style: normal; font-weight: normal; color: var(--ink); }
            .cell small { margin-left: 5px; font-weight: normal; }
            .cell strong { display: block; }
            .cell .before { display: block; margin: 0; font-size: 11px; }
            .cell .part { color: var(--none); font-weight: 600; }
            .cell.held { background: var(--good-paper); color: var(--good); border-color: var(--good-paper); }
            .cell.failed { background: var(--bad-paper); color: var(--bad); border-color: var(--bad); }
            .cell.failed strong::before { content: "but "; font-weight: normal; }
            .cell.unseen { background: var(--none-paper); color: var(--none); border-style: dashed; }
            .cell.extra { color: var(--soft); border-style: dotted; }
            .diagram { padding: 14px; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
              overflow-x: auto; break-inside: avoid; }
            svg { display: block; width: 100%; min-width: 900px; height: auto; font-size: 15px; }
            svg text { fill: var(--ink); }
            svg .count { font-weight: 600; font-size: 13px; fill: var(--good); }
            svg .unseen, svg .unseen .count { fill: var(--none); }
            svg .failed, svg .failed .count { fill: var(--bad); }
            svg path.edge { fill: none; stroke: var(--good); opacity: .75; }
            svg path.edge.unseen { stroke: var(--none); stroke-dasharray: 5 5; }
            svg path.edge.failed { stroke: var(--bad); }
            svg marker path { fill: var(--good); }
            svg marker.unseen path { fill: var(--none); }
            svg marker.failed path { fill: var(--bad); }
            svg > text { paint-order: stroke; stroke: var(--card); stroke-width: 5px; }
            .state rect { fill: var(--paper); stroke: var(--soft); stroke-width: 1.5; }
            .state.end rect { stroke-dasharray: 4 4; }
            .state .name { text-anchor: middle; font-weight: 700; font-size: 17px; }
            .state .loop { font-size: 13px; }
            .state .loop .count { font-size: 12px; }
            .search { width: auto; }
            .search th, .search td { padding: 5px 16px 5px 0; }
            .search .number { padding: 5px 14px; min-width: 84px; border: 1px solid var(--line); }
            .search td { color: var(--soft); }
            .search .heat { color: var(--ink); background: color-mix(in srgb, var(--accent) var(--heat), var(--card)); }
            .failure { margin: 8px 0; padding: 8px 14px; background: var(--card); border: 1px solid var(--line);
              border-left: 4px solid var(--bad); border-radius: 6px; }
            summary { cursor: pointer; overflow-wrap: anywhere; }
            .failure p { margin: 6px 0; }
            .program { display: block; margin: 6px 0; }
            .program summary { color: var(--accent); }
            pre { margin: 4px 0; padding: 10px 14px; background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
              overflow-x: auto; line-height: 1.4; }
            .none { color: var(--soft); }
            :target { outline: 2px solid var(--accent); outline-offset: 2px; }
            @media print {
              :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --good: #0d6a3a; --good-paper: #fff;
                --bad: #b00010; --bad-paper: #fff; --none: #7a5200; --none-paper: #fff; --accent: #244f99; font-size: 11px; }
              * { print-color-adjust: exact; }
              nav { display: none; }
              header, main { max-width: none; padding: 0; }
              h1 { font-size: 30px; }
              .properties > tbody > tr, .failure > summary { break-inside: avoid; }
              .cell { border-color: currentColor; }
              .cell.held { border-color: var(--line); }
              pre { white-space: pre-wrap; overflow-wrap: anywhere; }
              svg { min-width: 0; }
              details::details-content { content-visibility: visible; }
              .failure .program:not([open]) { display: none; }
            }
            """;

    private Style() {}
}
