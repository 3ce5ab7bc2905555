/** How a report looks, by day and by night. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#23282e;--strong:#0f1216;--quiet:#5b6570;--line:#e3e7eb;--good:#0f7a5a;--goodground:#dff3eb;--bad:#b3261e;--badground:#fbe3e1;
--c0:#0f8a66;--c1:#b9770e;--c2:#2f62d9;--c3:#c0392b;--c4:#8250a8;--c5:#7a848f}
@media (prefers-color-scheme:dark){:root{--ground:#0f1216;--text:#d5dae0;--strong:#f2f4f7;--quiet:#9aa5b1;--line:#20262d;--good:#5fd6b0;--goodground:#17352c;--bad:#ff9b94;--badground:#41201f;
--c0:#4cc2a0;--c1:#e2a94d;--c2:#7aa2f7;--c3:#e06c75;--c4:#b48ead;--c5:#9aa5b1}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,"Helvetica Neue",Arial,sans-serif}
main{max-width:820px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 8px;color:var(--strong)}
h2{font-size:17px;margin:44px 0 12px;color:var(--strong)}
.id{margin:0;color:var(--good);font-weight:600;letter-spacing:.06em}
.day{color:var(--quiet);max-width:64ch;margin:0 0 14px}
.verdict{display:inline-block;margin:0;padding:3px 12px;border-radius:999px;font-weight:600}
.verdict.good{background:var(--goodground);color:var(--good)}.verdict.bad{background:var(--badground);color:var(--bad)}
.checks{list-style:none;margin:0;padding:0}
.checks li{padding:8px 0 8px 26px;border-bottom:1px solid var(--line);position:relative}
.checks li::before{position:absolute;left:2px;content:"✓";color:var(--good)}.checks li.bad::before{content:"✗";color:var(--bad)}
.checks b{font-weight:600;display:block}.checks span{color:var(--quiet);font-size:13px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 0 6px 12px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th:first-child{padding-left:0}
td{text-align:right}thead th:not(:first-child){text-align:right}th{font-weight:400;color:var(--quiet)}
figure{margin:0 0 32px}figcaption{color:var(--strong);font-weight:600}small{color:var(--quiet);font-weight:400}
figcaption p{margin:0 0 6px;color:var(--quiet);font-weight:400;font-size:13px}
svg{width:100%;height:auto;display:block}svg text{fill:var(--quiet);font:11px system-ui,"Helvetica Neue",Arial,sans-serif}.grid{stroke:var(--line)}
polyline{fill:none;stroke-width:1.7;stroke-linejoin:round}
.c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}.c4{stroke:var(--c4)}.c5{stroke:var(--c5);stroke-dasharray:3 3}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--quiet);font-size:13px;padding-left:78px}
.legend i{display:inline-block;width:14px;height:3px;margin-right:6px;vertical-align:middle}
.b0{background:var(--c0)}.b1{background:var(--c1)}.b2{background:var(--c2)}.b3{background:var(--c3)}.b4{background:var(--c4)}.b5{background:repeating-linear-gradient(90deg,var(--c5) 0 4px,transparent 4px 6px)}
.none{color:var(--quiet);margin:4px 0}
footer{margin-top:40px;color:var(--quiet);font-size:13px}
@media (max-width:560px){figure{overflow-x:auto}svg{min-width:560px}.legend{padding-left:0}}
@media print{figure{break-inside:avoid}}
`;
