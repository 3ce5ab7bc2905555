/** What a live order wants, from a command or from a trigger that fired: one reused object, checked before anything is written. */
import { OrderKind, SelfTradePrevention, Side, TimeInForce } from '@mochila/protocol';
import type { PriceBound, Slippage } from './price-bound.ts';

/** A live order before it is one. */
export interface Intent {
  account: number;
  market: number;
  side: number;
  orderKind: number;
  timeInForce: number;
  selfTradePrevention: number;
  /** OrderFlag bits. */
  flags: number;
  priceTicks: number;
  /** 0 when the size is `quoteAtoms`. */
  lots: number;
  quoteAtoms: number;
  slippage: Slippage;
  /** A trigger that fired: its rows exist. */
  isFired: boolean;
  /** Filled by the checks: how far it may walk, and whether it needs maintenance only. */
  bound: PriceBound;
  lowersRisk: boolean;
}

/** Makes an intent to be filled. */
export function createIntent(): Intent {
  return {
    account: 0,
    market: 0,
    side: Side.Bid,
    orderKind: OrderKind.Limit,
    timeInForce: TimeInForce.GTC,
    selfTradePrevention: SelfTradePrevention.RejectTaker,
    flags: 0,
    priceTicks: 0,
    lots: 0,
    quoteAtoms: 0,
    slippage: { kind: 0, tolerance: 0 },
    isFired: false,
    bound: { ticks: 0, reason: 0 },
    lowersRisk: false,
  };
}
