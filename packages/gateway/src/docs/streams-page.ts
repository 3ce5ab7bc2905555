/** The streams as a page for people: plain HTML, no script, nothing from elsewhere. */
import { z } from 'zod';
import { STREAMS, type StreamDefinition } from '../schemas/streams.ts';
import { channelIdOf, exampleNameOf, exampleOfPayload, payloadNameOf } from './asyncapi.ts';
import type { DocumentFacts } from './openapi.ts';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #333a45); --soft: light-dark(#5b6472, #a3acb9); --panel: light-dark(#f5f6f8, #1b2027); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 5rem; font: 16px/1.55 system-ui, sans-serif; background: light-dark(#fff, #12161b); color: light-dark(#1a1f27, #e7eaee); }
h1 { font-size: 1.75rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
p { margin: .4rem 0; } .soft { color: var(--soft); } a { color: light-dark(#0b5cc4, #7db4ff); }
nav { columns: 16rem; margin: 1.5rem 0 2rem; } nav a { display: block; font-family: ui-monospace, monospace; font-size: .85rem; overflow-wrap: anywhere; }
section { border-top: 1px solid var(--line); padding: 1.5rem 0; } .tag { font-size: .75rem; border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .55rem; margin-left: .5rem; color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-size: .9rem; } th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child, code, pre { font-family: ui-monospace, monospace; } pre { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .85rem; overflow-x: auto; font-size: .82rem; }
`;

/**
 * Writes the page.
 *
 * @param facts title and version
 * @returns HTML
 */
export function createStreamsPage(facts: DocumentFacts): string {
  const links = STREAMS.map((stream) => `<a href="#${channelIdOf(stream)}">${escapeHtml(stream.name)}</a>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(facts.title)}: streams</title><style>${STYLE}</style></head><body>
<h1>${escapeHtml(facts.title)}: streams</h1>
<p class="soft">Version ${escapeHtml(facts.version)} &middot; <a href="/asyncapi.json">AsyncAPI document</a> &middot; <a href="/docs">REST routes</a></p>
<p>Open one WebSocket at <code>/</code> or <code>/ws</code> and name the streams. Each frame is <code>{"stream": name, "data": payload}</code>.
Times are Unix microseconds unless a field says otherwise.</p>
<pre>{"method": "SUBSCRIBE", "params": ["depth.SOL_USDC_PERP", "trade.SOL_USDC_PERP"], "id": 1}</pre>
<p>With an <code>id</code> the request is acknowledged with <code>{"id": 1, "result": null}</code>. Errors are <code>{"id": .., "error": {"code": .., "message": ..}}</code>.
Private streams need <code>"signature": [key, signature, timestamp, window]</code> over <code>instruction=subscribe&amp;timestamp=&lt;ms&gt;&amp;window=&lt;ms&gt;</code>;
their <code>seq</code> grows with every update of the account, and <code>"resumeAfter": seq</code> repeats all that came after one, without a gap.
<code>"snapshot": true</code> starts a depth stream with the whole book.</p>
<nav>${links}</nav>
${STREAMS.map(sectionOf).join('\n')}
</body></html>
`;
}

function sectionOf(stream: StreamDefinition): string {
  const parts = Object.entries(stream.parameters).map(
    ([name, { description, words }]) =>
      `<p><code>{${escapeHtml(name)}}</code> ${escapeHtml(description)} ${words === undefined ? '' : escapeHtml(`One of ${words.join(', ')}.`)}</p>`,
  );
  const example = JSON.stringify({ stream: exampleNameOf(stream), data: exampleOfPayload(stream) }, null, 2);
  return `<section id="${channelIdOf(stream)}"><h2>${escapeHtml(stream.name)}${stream.isPrivate ? '<span class="tag">signed</span>' : ''}</h2>
<p>${escapeHtml(stream.summary)} <span class="soft">Sent ${escapeHtml(stream.pushed)}. Payload <code>${payloadNameOf(stream)}</code>.</span></p>
${parts.join('\n')}
<table><thead><tr><th>Field</th><th>Meaning</th></tr></thead><tbody>${fieldsOf(stream)}</tbody></table>
<pre>${escapeHtml(example)}</pre></section>`;
}

function fieldsOf(stream: StreamDefinition): string {
  return Object.entries(stream.payload.shape)
    .map(([name, field]) => `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(meaningOf(field))}</td></tr>`)
    .join('');
}

function meaningOf(field: z.core.$ZodType): string {
  if (field instanceof z.ZodOptional) return `${meaningOf(field.unwrap())} Left out when there is none.`;
  if (field instanceof z.ZodNullable) return meaningOf(field.unwrap());
  if (field instanceof z.ZodLiteral) return `Always ${[...field.values].join(', ')}.`;
  const description = z.globalRegistry.get(field)?.description ?? '';
  return field instanceof z.ZodEnum ? `${description} One of ${field.options.join(', ')}.`.trim() : description;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
