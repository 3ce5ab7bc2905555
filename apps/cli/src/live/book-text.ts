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
  const shownBids = bids.slice(0, levels);
  const shownAsks = asks.slice(0, levels);
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

function spreadLine(bid: BookLevel | undefined, ask: BookLevel | undefined, priceWidth: number): string {
  if (bid === undefined || ask === undefined)
    return `${'-'.padStart(priceWidth)}  ${bid === ask ? 'the book is empty' : 'one side is empty'}`;
  const decimals = Math.max(bid.price.split('.')[1]?.length ?? 0, ask.price.split('.')[1]?.length ?? 0);
  const spread = Number(ask.price) - Number(bid.price);
  const basisPoints = (spread / Number(bid.price)) * 10_000;
  return `${spread.toFixed(decimals).padStart(priceWidth)}  spread, ${basisPoints.toFixed(1)} bp`;
}
