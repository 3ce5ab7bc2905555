/** How a report looks. */
export const STYLE = `
:root{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;background:#0f1216;color:#d5dae0;font:15px/1.5 system-ui,sans-serif}
main{max-width:820px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 8px}
h2{font-size:16px;margin:40px 0 12px;color:#f2f4f7}
.id{margin:0;color:#4cc2a0;font-weight:600;letter-spacing:.06em}
.day{color:#9aa5b1;max-width:64ch;margin:0 0 14px}
.verdict{display:inline-block;margin:0;padding:3px 12px;border-radius:999px;font-weight:600}
.verdict.good{background:#17352c;color:#5fd6b0}.verdict.bad{background:#41201f;color:#ff9b94}
.checks{list-style:none;margin:0;padding:0}
.checks li{padding:8px 0 8px 26px;border-bottom:1px solid #20262d;position:relative}
.checks li::before{position:absolute;left:2px;content:"✓";color:#5fd6b0}.checks li.bad::before{content:"✗";color:#ff9b94}
.checks b{font-weight:600;display:block}.checks span{color:#9aa5b1;font-size:13px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px 6px 0;border-bottom:1px solid #20262d;text-align:left;vertical-align:top}
td{text-align:right}thead th:not(:first-child){text-align:right}th{font-weight:400;color:#9aa5b1}
figure{margin:0 0 28px}figcaption{color:#f2f4f7;margin-bottom:4px}small{color:#7d8894}
svg{width:100%;height:auto;display:block}svg text{fill:#7d8894;font:11px system-ui,sans-serif}.grid{stroke:#20262d}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;color:#9aa5b1;font-size:13px;padding-left:78px}
.legend i{display:inline-block;width:14px;height:3px;margin-right:6px;vertical-align:middle}
.none{color:#7d8894;margin:4px 0}
footer{margin-top:40px;color:#7d8894;font-size:13px}
`;
