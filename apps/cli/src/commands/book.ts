/** `mochila book`. */
import { type Client, depth, followBook, openStreams } from '@mochila/sdk';
import type { Command } from 'commander';
import { drawBook } from '../live/book-text.ts';
import { openScreen, rowsOf } from '../live/screen.ts';
import { readSymbol, wholeNumber } from '../read-words.ts';
import { type Session, sessionOf } from '../session.ts';

const REDRAW_MS = 100;
const WIDTH_UNKNOWN = 80;
const LEVELS = 15;
/** Lines of the picture that are no levels. */
const FRAME_LINES = 5;

/** Adds the command. */
export function addBook(program: Command): void {
  program
    .command('book')
    .description('show a book; in a terminal it stays and follows, until ctrl-c')
    .argument('<symbol>', 'market, such as SOL_USDC_PERP', readSymbol)
    .option('--levels <n>', 'levels of each side', wholeNumber(1, 100), LEVELS)
    .option('--once', 'show it once and end')
    .addHelpText(
      'after',
      '\nExamples:\n  mochila book SOL_USDC_PERP\n  mochila book sol_usdc --levels 5 --once\n  mochila book SOL_USDC --json',
    )
    .action(async (symbol: string, flags: { levels: number; once?: boolean }, command: Command) => {
      const session = sessionOf(command);
      const isLive = process.stdout.isTTY === true && flags.once !== true && !session.isJson;
      await (isLive ? follow(session, symbol, flags.levels) : showOnce(session, symbol, flags.levels));
    });
}

async function showOnce({ open, write, paint }: Session, symbol: string, levels: number): Promise<void> {
  const answer = await depth(open(), { symbol, limit: '100' });
  const toLevel = ([price, quantity]: readonly [string, string]) => ({ price, quantity });
  const width = process.stdout.columns ?? WIDTH_UNKNOWN;
  const sides = { bids: answer.bids.map(toLevel).reverse(), asks: answer.asks.map(toLevel) };
  write(answer, () => drawBook({ symbol, ...sides, levels, width, remark: `update ${answer.lastUpdateId}` }, paint));
}

async function follow(session: Session, symbol: string, levels: number): Promise<void> {
  const client: Client = session.open();
  // An unknown market is told before the screen is taken.
  await depth(client, { symbol, limit: '5' });
  const screen = openScreen(process.stdout);
  let connection = 'connecting';
  const streams = openStreams(client, {
    onState: (state, reason) => {
      connection = state === 'open' ? 'live' : `${state} ${reason}`;
    },
    onFault: (fault) => {
      connection = fault.message;
    },
  });
  const followed = followBook(streams, symbol, () => undefined);
  const draw = (): void => {
    const { bids, asks, updateId } = followed.book;
    const rows = Math.floor((rowsOf(process.stdout) - FRAME_LINES) / 2);
    const remark = `${followed.isCurrent() ? `update ${updateId}` : 'catching up'}, ${connection}; ctrl-c ends`;
    const shape = { levels: Math.max(1, Math.min(levels, rows)), width: process.stdout.columns || WIDTH_UNKNOWN };
    screen.draw(drawBook({ symbol, bids, asks, ...shape, remark }, session.paint));
  };
  const timer = setInterval(draw, REDRAW_MS);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  clearInterval(timer);
  streams.close();
  screen.close();
}
