/** `account.positionUpdate` and `account.positionUpdate.<symbol>`: positions at the start, then every change of one. */
import { PositionChange, positionMarginOf, positionUpdateOf } from '@mochila/projections';
import { type EventFields, events, type PositionAnswer } from '@mochila/protocol';
import type { PositionUpdateEvent } from '../schemas/stream-private.ts';
import type { MarketEntry } from '../venue/directory.ts';
import { writeAmount, writeFigure, writePrice, writeQuantity, writeUsdPrice } from '../venue/write-decimals.ts';

/** When a payload is made, and its number. */
export type PositionStamp = { readonly E: number; readonly T: number; readonly seq: number };

const WORDS = {
  [PositionChange.Adjusted]: 'positionAdjusted',
  [PositionChange.Opened]: 'positionOpened',
  [PositionChange.Closed]: 'positionClosed',
} as const;

/** The payload of a change. `live` is the mark in ticks and the leverage limit of the account. */
export function positionChangePayload(
  market: MarketEntry,
  position: EventFields<'positionChanged'>,
  live: { readonly markTicks: number; readonly leverageLimit: number },
  stamp: PositionStamp,
): PositionUpdateEvent {
  const { exposureLots } = positionUpdateOf(position, market.k);
  const { sizeLots } = position;
  const margin = positionMarginOf(market.listing, { sizeLots, exposureLots }, live.markTicks * tickSize(market), live.leverageLimit);
  const unrealisedAtoms = sizeLots * live.markTicks * market.k - position.entryCostAtoms;
  const e =
    position.change === PositionChange.Opened || position.change === PositionChange.Closed ? WORDS[position.change] : 'positionAdjusted';
  return { e, ...payload(market, position, { exposureLots, ...margin, markTicks: live.markTicks, unrealisedAtoms }, stamp) };
}

/** The payload of a position that is there when a subscription begins. */
export function positionStartPayload(market: MarketEntry, answer: PositionAnswer, stamp: PositionStamp): PositionUpdateEvent {
  const { exposureLots, exposureNotional, imf, mmf, markTicks, unrealisedPnlAtoms: unrealisedAtoms } = answer;
  const position = { ...events.positionChanged.defaults, ...answer };
  return payload(market, position, { exposureLots, exposureNotional, imf, mmf, markTicks, unrealisedAtoms }, stamp);
}

type Figures = {
  readonly exposureLots: number;
  readonly exposureNotional: number;
  readonly imf: number;
  readonly mmf: number;
  readonly markTicks: number;
  readonly unrealisedAtoms: number;
};

function payload(
  market: MarketEntry,
  position: EventFields<'positionChanged'>,
  figures: Figures,
  { E, T, seq }: PositionStamp,
): Omit<PositionUpdateEvent, 'e'> {
  const { entryTicks, breakEvenTicks } = positionUpdateOf(position, market.k);
  const price = (ticks: number | null): string => (ticks === null ? '0' : writeUsdPrice(market, ticks * tickSize(market)));
  return {
    E,
    T,
    s: market.symbol,
    i: String(position.positionId),
    q: writeQuantity(market, position.sizeLots),
    Q: writeQuantity(market, figures.exposureLots),
    n: writeFigure(figures.exposureNotional),
    B: price(entryTicks),
    b: price(breakEvenTicks),
    M: writePrice(market, figures.markTicks),
    f: writeFigure(figures.imf),
    m: writeFigure(figures.mmf),
    l: '0',
    p: writeAmount(market.quote, position.realizedPnlAtoms),
    P: writeAmount(market.quote, figures.unrealisedAtoms),
    seq,
  };
}

/** Price of one tick, for figures that people read. */
function tickSize({ priceScale }: MarketEntry): number {
  return priceScale.tickAtoms / 10 ** priceScale.priceDecimals;
}
