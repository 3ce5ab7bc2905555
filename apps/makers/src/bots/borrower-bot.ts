/** The borrower: keeps lending pools in use. Its coins are its collateral; what it borrows it keeps. */
import type { Bot, BotSurroundings } from '../bot.ts';
import type { BorrowLendMarketInfo, ExchangeClient } from '../exchange-client.ts';
import { decidePool, targetOf } from '../lending-target.ts';

/** A pool that the borrower uses. */
export interface BorrowedPool {
  readonly symbol: string;
  /** Digits after the point of a quantity. */
  readonly digits: number;
  /** Most that it owes, in units. */
  readonly owedMax: number;
  /** Of the wandering target, 0 to 1. */
  readonly phase: number;
}

/** Makes a borrower over its own account. */
export function createBorrowerBot(
  name: string,
  client: ExchangeClient,
  pools: readonly BorrowedPool[],
  surroundings: BotSurroundings,
): Bot {
  const { budget, nowSeconds, report } = surroundings;
  let isReady = false;
  // By itself the account would lend what it borrowed, or repay at once.
  const prepare = async (): Promise<void> => {
    await client.updateAccount({ autoLend: false, autoRepayBorrows: false });
    isReady = true;
  };
  const send = async (symbol: string, side: 'Borrow' | 'Lend', quantity: string): Promise<void> => {
    if (!budget.tryTake(1)) return;
    try {
      await client.borrowLend({ symbol, side, quantity });
    } catch (error) {
      report(`${name}: ${side} ${quantity} ${symbol}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const act = async (pool: BorrowedPool, market: BorrowLendMarketInfo, own: string): Promise<void> => {
    // Nobody lends and owes one asset: what the account lends is redeemed first, all of it.
    if (Number(own) > 0) return send(pool.symbol, 'Borrow', own);
    const view = {
      lent: Number(market.lentQuantity),
      borrowed: Number(market.borrowedQuantity),
      owed: -Number(own),
      owedMax: pool.owedMax,
    };
    const step = decidePool({ ...view, target: targetOf(nowSeconds(), pool.phase) });
    const quantity = step?.quantity.toFixed(pool.digits) ?? '0';
    if (step !== null && Number(quantity) > 0) await send(pool.symbol, step.side, quantity);
  };
  return {
    name,
    everySeconds: 15,
    stop: () => undefined,
    step: async () => {
      if (!isReady) await prepare();
      if (!budget.tryTake(2)) return;
      const positions = await client.borrowLendPositions();
      const own = new Map(positions.map(({ symbol, netQuantity }) => [symbol, netQuantity]));
      const markets = new Map((await client.borrowLendMarkets()).map((market) => [market.symbol, market]));
      for (const pool of pools) {
        const market = markets.get(pool.symbol);
        if (market !== undefined) await act(pool, market, own.get(pool.symbol) ?? '0');
      }
    },
  };
}
