/** What a start prints: what runs where, a first request to copy, how to stop. */

/** What the banner says. */
export type BannerFacts = {
  readonly url: string;
  readonly isSandbox: boolean;
  readonly isNew: boolean;
  readonly dataDirectory: string;
  readonly history: string;
  readonly lastSeq: number;
  readonly markets: number;
  readonly speed: number;
  /** Whole seconds that the venue's clock is ahead of the machine's at its start. */
  readonly leadSeconds: number;
  readonly hasMakers: boolean;
  readonly cutBytes: number;
  /** What of the flags this venue does not follow. */
  readonly remarks: readonly string[];
  /** Which prices are read from where. */
  readonly prices: readonly string[];
  /** What empties this venue's data. */
  readonly resetCommand: string;
  readonly startMs: number;
};

/** Where the CLI looks when nobody says. */
const CLI_DEFAULT_URL = 'http://127.0.0.1:7400';

/** The banner's lines. */
export function bannerOf(facts: BannerFacts): string {
  const at = facts.url === CLI_DEFAULT_URL ? '' : ` --url ${facts.url}`;
  const ws = facts.url.replace(/^http/, 'ws');
  const found = facts.isNew ? 'a new venue' : `the venue as it was, ${facts.lastSeq.toLocaleString('en')} commands long`;
  const lines = [
    '',
    `  Mochila is up after ${(facts.startMs / 1000).toFixed(1)} s: ${found}, ${facts.markets} markets${facts.isSandbox ? ', sandbox' : ''}`,
    '',
    row('REST', facts.url),
    row('WebSocket', `${ws}/`),
    row('API documents', `${facts.url}/docs`),
    row('Metrics', `${facts.url}/metrics`),
    row('Data', `${facts.dataDirectory} (history in ${facts.history})`),
    ...clockRows(facts),
    ...facts.prices.map((line) => row('Prices', line)),
    ...(facts.hasMakers ? [row('Makers', 'reference bots quote and trade through the public API')] : []),
    ...(facts.cutBytes > 0 ? [row('Journal', `cut ${facts.cutBytes} bytes of a command that was never acknowledged`)] : []),
    ...facts.remarks.map((remark) => row('Note', remark)),
    '',
    '  Try',
    `    curl -s "${facts.url}/api/v1/depth?symbol=SOL_USDC_PERP&limit=5"`,
    facts.isSandbox
      ? `    npx mochila${at} keys new\n    npx mochila${at} order buy 1 SOL_USDC_PERP --market`
      : `    npx mochila keys create-user --data ${facts.dataDirectory}`,
    '',
    `  Stop with ctrl-c; the next start finds everything again. ${facts.resetCommand} empties it.`,
    '',
  ];
  return lines.join('\n');
}

function clockRows({ speed, leadSeconds }: BannerFacts): string[] {
  const lead = leadSeconds > 0 ? [`${leadSeconds} s ahead of this machine's`] : [];
  const pace = speed === 1 ? [] : [`${speed} venue seconds a second`];
  const words = [...pace, ...lead].join(', ');
  return words === '' ? [] : [row('Clock', words)];
}

function row(name: string, value: string): string {
  return `  ${name.padEnd(15)}${value}`;
}
