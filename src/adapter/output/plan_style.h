#pragma once

#include <string_view>

namespace migrate::output {

/// How the page of a plan looks. Each text has a contrast of 4.5 or more to what is behind it, in
/// light and in dark (https://www.w3.org/TR/WCAG22/#contrast-minimum).
inline constexpr std::string_view plan_style = R"css(:root {
  --page: #f6f7f9; --card: #ffffff; --code: #f3f5f8; --line: #d5dbe3; --text: #1c2330; --faint: #55606e;
  --link: #0a56a3; --shadow: 0 1px 2px rgb(20 30 50 / .07);
  --good: #0f5f30; --good-back: #e2f5e8; --warn: #704600; --warn-back: #fdf0cf;
  --bad: #9b1420; --bad-back: #fde7e6; --info: #0b4a84; --info-back: #e3effb;
  --keyword: #0a4fa0; --name: #67359a; --string: #0b5c2c; --digits: #8a3a00; --comment: #5a6572;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1218; --card: #161b23; --code: #10151c; --line: #2f3844; --text: #e5e9f0; --faint: #a5b0be;
    --link: #8cc2ff; --shadow: none;
    --good: #86dba2; --good-back: #11301d; --warn: #f2c86a; --warn-back: #36290b;
    --bad: #ffa49d; --bad-back: #3d181b; --info: #95c8fa; --info-back: #122b44;
    --keyword: #84bdff; --name: #d3b0ff; --string: #93dda4; --digits: #ffb27c; --comment: #a0aab7;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
}
main { max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1, h2, h3, h4, p, ul { margin: 0; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; }
h2 { font-size: 1.3rem; letter-spacing: -.01em; margin: 2.75rem 0 .9rem; }
h3 { font-size: 1.08rem; }
h4 { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem; font-size: .85rem; font-weight: 500; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre, .line { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { font-size: .9em; }
.faint { color: var(--faint); }
.eyebrow { color: var(--faint); font-size: .8rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; list-style: none; padding: 0; margin: 1.25rem 0; }
.tiles li {
  flex: 1 1 8rem; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  box-shadow: var(--shadow); color: var(--faint); font-size: .9rem;
}
.tiles b { display: block; color: var(--text); font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.callout { margin: .75rem 0; padding: .65rem .9rem; border-radius: .5rem; background: var(--warn-back); color: var(--warn); }
.tag {
  display: inline-block; padding: .1rem .55rem; border-radius: 1rem; font-size: .78rem; font-weight: 600;
  line-height: 1.5; white-space: nowrap;
}
.tag.good { background: var(--good-back); color: var(--good); }
.tag.warn { background: var(--warn-back); color: var(--warn); }
.tag.bad { background: var(--bad-back); color: var(--bad); }
.tag.info { background: var(--info-back); color: var(--info); }
.tag.quiet { background: var(--code); color: var(--faint); }
.risks {
  list-style: none; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  box-shadow: var(--shadow); overflow: hidden;
}
.risks li {
  display: grid; grid-template-columns: 5.2rem 1fr; gap: .75rem; align-items: baseline; padding: .6rem .9rem;
  border-left: 4px solid var(--line);
}
.risks li + li { border-top: 1px solid var(--line); }
.risks li.bad { border-left-color: var(--bad); }
.risks li.warn { border-left-color: var(--warn); }
.risks li.good { border-left-color: var(--good); grid-template-columns: 1fr; }
.risks li.quiet { font-size: .92rem; }
.risks .tag { justify-self: start; }
.risks a { font-size: .9rem; }
.step { margin-bottom: 2rem; }
.step > .faint { font-size: .9rem; margin-bottom: .75rem; }
article {
  margin: .75rem 0; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  box-shadow: var(--shadow); scroll-margin-top: 1rem;
}
article:target { outline: 2px solid var(--link); outline-offset: 2px; }
.line { color: var(--faint); margin-right: .3rem; }
pre {
  margin: .65rem 0 0; padding: .75rem .9rem; background: var(--code); border-radius: .45rem; overflow-x: auto;
  font-size: .84rem; line-height: 1.55; tab-size: 2;
}
pre.command { border: 1px solid var(--line); }
.k { color: var(--keyword); font-weight: 600; }
.n { color: var(--name); }
.s { color: var(--string); }
.d { color: var(--digits); }
.c { color: var(--comment); font-style: italic; }
.notes { list-style: none; padding: 0; color: var(--faint); font-size: .9rem; }
article .notes { margin-top: .55rem; }
details { margin-top: .65rem; }
summary { cursor: pointer; color: var(--faint); font-size: .88rem; }
.diff { padding: .6rem 0; }
.diff span { display: block; padding: 0 .9rem; min-width: max-content; white-space: pre; }
.diff .del { background: var(--bad-back); color: var(--bad); }
.diff .ins { background: var(--good-back); color: var(--good); }
.diff .gap { color: var(--faint); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; background: var(--card); overflow-wrap: normal; }
th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--faint); font-size: .8rem; font-weight: 600; white-space: nowrap; }
td { min-width: 5rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.sql { font: .82rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; min-width: 16rem; white-space: pre-wrap; }
.diagram { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
.diagram svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
.box rect { fill: var(--card); stroke: var(--line); }
.box text { fill: var(--text); font-size: 12px; font-weight: 600; }
.box .size { fill: var(--faint); font-size: 11px; font-weight: 400; }
.box.touched rect { fill: var(--info-back); stroke: var(--info); }
.box.touched text { fill: var(--info); }
.box.fresh rect { fill: var(--good-back); stroke: var(--good); }
.box.fresh text { fill: var(--good); }
.link, .fresh-link { fill: none; stroke: var(--faint); stroke-width: 1.4; }
.fresh-link { stroke: var(--good); stroke-width: 2; }
.tip { fill: var(--faint); }
.fresh-tip { fill: var(--good); }
.legend { font-size: .85rem; margin: .5rem 0 1rem; }
.swatch {
  display: inline-block; width: .8rem; height: .8rem; margin: 0 .15rem 0 .6rem; border: 1px solid var(--faint);
  border-radius: .2rem; vertical-align: -.08rem; background: var(--card);
}
.swatch:first-child { margin-left: 0; }
.swatch.touched { background: var(--info-back); border-color: var(--info); }
.swatch.fresh { background: var(--good-back); border-color: var(--good); }
@media (max-width: 40rem) {
  main { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  .tiles li { flex-basis: 40%; }
  .risks li { grid-template-columns: 1fr; gap: .35rem; }
  .tag { white-space: normal; }
}
@media print {
  :root {
    --page: #ffffff; --card: #ffffff; --code: #f5f6f8; --line: #c4cbd4; --text: #000000; --faint: #48525f;
    --link: #000000; --shadow: none;
    --good: #0f5f30; --good-back: #e2f5e8; --warn: #704600; --warn-back: #fdf0cf;
    --bad: #9b1420; --bad-back: #fde7e6; --info: #0b4a84; --info-back: #e3effb;
    --keyword: #0a4fa0; --name: #67359a; --string: #0b5c2c; --digits: #8a3a00; --comment: #5a6572;
  }
  body { font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h2, h3, h4, summary { break-after: avoid; }
  .risks li, tr, .diagram { break-inside: avoid; }
  pre, .diff span, td.sql { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 0; }
  .scroll, pre { overflow: visible; }
  td { min-width: 0; }
  table { overflow-wrap: anywhere; }
  .diagram svg { width: 100%; min-width: 0 !important; }
}
)css";

}  // namespace migrate::output
