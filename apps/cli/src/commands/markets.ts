/** `mochila markets`. */
import { type Market, markets, markPrices, type Ticker, tickers } from '@mochila/sdk';
import type { Command } from 'commander';
import { type Column, writeTable } from '../output/table.ts';
import { oneOf } from '../read-words.ts';
import { sessionOf, textFlag } from '../session.ts';

type MarketRow = { readonly market: Market; readonly ticker: Ticker | undefined; readonly mark: string; readonly funding: string };

/** Adds the command. */
export function addMarkets(program: Command): void {
  program
    .command('markets')
    .description('list markets with price, change, volume and rules')
    .option('--type <type>', 'only SPOT or only PERP', oneOf(['SPOT', 'PERP']))
    .addHelpText('after', '\nExamples:\n  mochila markets\n  mochila markets --type perp --json')
    .action(async (flags: Record<string, unknown>, command: Command) => {
      const { open, write, paint } = sessionOf(command);
      const rows = await readRows(open(), textFlag(flags, 'type'));
      const columns: Column<MarketRow>[] = [
        { title: 'market', value: ({ market }) => paint.strong(market.symbol) },
        { title: 'last', value: ({ ticker }) => (ticker === undefined || ticker.trades === '0' ? '-' : ticker.lastPrice), isNumber: true },
        { title: 'mark', value: ({ mark }) => mark, isNumber: true },
        { title: '24 h', value: ({ ticker }) => change(ticker, paint), isNumber: true },
        { title: 'volume', value: ({ ticker }) => whole(ticker?.quoteVolume ?? '0'), isNumber: true },
        { title: 'funding', value: ({ funding }) => funding, isNumber: true },
        { title: 'tick', value: ({ market }) => market.filters.price.tickSize, isNumber: true },
        { title: 'lot', value: ({ market }) => market.filters.quantity.stepSize, isNumber: true },
        { title: 'state', value: ({ market }) => (market.orderBookState === 'Open' ? 'Open' : paint.bad(market.orderBookState)) },
      ];
      write(
        rows.map(({ market }) => market),
        () => writeTable(rows, columns, paint, 'There are no such markets.'),
      );
    });
}

async function readRows(client: Parameters<typeof markets>[0], type: string | undefined): Promise<MarketRow[]> {
  const [all, statistics, marks] = await Promise.all([markets(client), tickers(client), markPrices(client)]);
  const listed = all.filter(({ marketType }) => type === undefined || marketType === type);
  const tickerOf = new Map(statistics.map((ticker) => [ticker.symbol, ticker]));
  const markOf = new Map(marks.map((mark) => [mark.symbol, mark]));
  return listed.map((market) => {
    const mark = markOf.get(market.symbol);
    const hourly = Number(mark?.fundingRate ?? Number.NaN) * 100;
    return {
      market,
      ticker: tickerOf.get(market.symbol),
      mark: mark?.markPrice ?? '-',
      funding: Number.isNaN(hourly) ? '-' : `${hourly.toFixed(4)} %`,
    };
  });
}

function change(ticker: Ticker | undefined, paint: { good(text: string): string; bad(text: string): string }): string {
  const percent = Number(ticker?.priceChangePercent ?? '0') * 100;
  const text = `${percent > 0 ? '+' : ''}${percent.toFixed(2)} %`;
  return percent === 0 ? text : percent > 0 ? paint.good(text) : paint.bad(text);
}

function whole(decimal: string): string {
  return (decimal.split('.')[0] ?? decimal).replace(/\B(?=(\d{3})+$)/g, ' ');
}
