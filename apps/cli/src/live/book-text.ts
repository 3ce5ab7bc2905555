/** A book as text: asks above, bids below, bars as long as what is offered. */
import type { BookLevel } from '@mochila/sdk';
import type { Paint } from '../output/paint.ts';

/** What is drawn. */
export type BookPicture = {
  readonly symbol: string;
  /** Best first. */
  readonly bids: readonly BookLevel[];
  /** Best first. */
  readonly asks: readonly BookLevel[];
  readonly levels: number;
  /** Columns of the terminal. */
  readonly width: number;
  /** Said beside the symbol. */
  readonly remark: string;
};

const BAR = '█';
const BAR_WIDTH_MAX = 40;

/** Draws a book. The best prices meet in the middle. */
export function drawBook({ symbol, bids, asks, levels, width, remark }: BookPicture, paint: Paint): string {
  const [shownBids = [], shownAsks = []] = alignPoints([bids.slice(0, levels), asks.slice(0, levels)]);
  const all = [...shownBids, ...shownAsks];
  const priceWidth = Math.max(8, ...all.map(({ price }) => price.length));
  const quantityWidth = Math.max(8, ...all.map(({ quantity }) => quantity.length));
  const most = Math.max(...all.map(({ quantity }) => Number(quantity)), 0);
  const barWidth = Math.max(0, Math.min(BAR_WIDTH_MAX, width - priceWidth - quantityWidth - 4));
  const line = ({ price, quantity }: BookLevel, colour: (text: string) => string): string => {
    const bar = BAR.repeat(most === 0 ? 0 : Math.max(1, Math.round((Number(quantity) / most) * barWidth)));
    return `${colour(price.padStart(priceWidth))}  ${quantity.padStart(quantityWidth)}  ${colour(bar)}`.trimEnd();
  };
  return [
    `${paint.strong(symbol)}  ${paint.faint(remark)}`.trimEnd(),
    paint.faint(`${'price'.padStart(priceWidth)}  ${'quantity'.padStart(quantityWidth)}`),
    ...[...shownAsks].reverse().map((level) => line(level, paint.bad)),
    paint.faint(spreadLine(shownBids[0], shownAsks[0], priceWidth)),
    ...shownBids.map((level) => line(level, paint.good)),
  ].join('\n');
}

/** Writes prices and quantities with as many digits after the point as the finest of them has, so that points stand in a line. */
function alignPoints(sides: readonly (readonly BookLevel[])[]): BookLevel[][] {
  const all = sides.flat();
  const decimalsOf = (text: string): number => text.split('.')[1]?.length ?? 0;
  const priceDecimals = Math.max(0, ...all.map(({ price }) => decimalsOf(price)));
  const quantityDecimals = Math.max(0, ...all.map(({ quantity }) => decimalsOf(quantity)));
  const pad = (text: string, decimals: number): string => {
    const missing = decimals - decimalsOf(text);
    return missing === 0 ? text : `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
  };
  return sides.map((side) =>
    side.map(({ price, quantity }) => ({ price: pad(price, priceDecimals), quantity: pad(quantity, quantityDecimals) })),
  );
}

function spreadLine(bid: BookLevel | undefined, ask: BookLevel | undefined, priceWidth: number): string {
  if (bid === undefined || ask === undefined)
    return `${'-'.padStart(priceWidth)}  ${bid === ask ? 'the book is empty' : 'one side is empty'}`;
  const decimals = Math.max(bid.price.split('.')[1]?.length ?? 0, ask.price.split('.')[1]?.length ?? 0);
  const spread = Number(ask.price) - Number(bid.price);
  const basisPoints = (spread / Number(bid.price)) * 10_000;
  return `${spread.toFixed(decimals).padStart(priceWidth)}  spread, ${basisPoints.toFixed(1)} bp`;
}
