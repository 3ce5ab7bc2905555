/** S15: the hedged account. Spot and perp of one coin move at one speed, so a fall of both takes nothing away. */
import { commands, OrderKind, Side, TimeInForce } from '@mochila/protocol';
import type { Scenario } from '../scenario.ts';
import { House, Tape } from '../world/house.ts';
import { factorAt } from '../world/path.ts';
import { openPosition } from '../world/population.ts';

const FALL = 0.7;
const FALL_SECONDS = [1, 10, 60];
const FIRST_USD = 60_000;
const COINS = 10;
const DEBT_USD = 450_000;

/** The scenario. */
export const theHedgedAccount: Scenario = {
  id: 'S15',
  title: 'The hedged account',
  day: 'An account owns 10 BTC, is short 10 BTC of the perpetual and owes 450,000 USDC when the index loses thirty per cent in one second, in ten, and in sixty.',
  play: ({ open }) => {
    const play = open({
      coins: [{ symbol: 'BTC', usd: FIRST_USD, kind: 'major' }],
      accounts: 32,
      orders: 4_096,
      rowsPerAccount: 8,
      fundUsdc: 1_000_000,
    });
    const { venue } = play;
    const market = (symbol: string): number => venue.state.markets.findIndex((one) => one.symbol === symbol);
    const perp = new House(venue, market('BTC_USDC_PERP'), 100e6);
    const spot = new House(venue, market('BTC_USDC'), 100e6, 1_000);
    play.draw([perp.market, spot.market]);
    const tape = new Tape(venue, 1e6);
    const quote = (usd: number): void => {
      perp.quote(usd, { usd: 5e6, reach: 0.01, levels: 10, halfSpread: 0.0002 });
      spot.quote(usd, { usd: 5e6, reach: 0.01, levels: 10, halfSpread: 0.0002 });
      tape.print(perp.market);
      tape.print(spot.market);
    };
    quote(FIRST_USD);
    play.second();
    const person = venue.person();
    venue.setLeverage(person, 50);
    // 600,000 USD of BTC against 450,000 of debt leaves 150,000 of its own, less the haircut.
    venue.deposit(person, venue.state.usdc, (COINS * FIRST_USD * 1.01 - DEBT_USD) * 1e6);
    openPosition(venue, perp, person, { usd: COINS * FIRST_USD * 0.5, isLong: false });
    const bought = venue.as(person, commands.placeOrder, {
      market: spot.market,
      side: Side.Bid,
      orderKind: OrderKind.Limit,
      timeInForce: TimeInForce.IOC,
      priceTicks: Math.round((FIRST_USD * 1.01) / (venue.state.markets[spot.market]?.tickSize ?? 1)),
      quantityLots: Math.round(COINS / (venue.state.markets[spot.market]?.lotSize ?? 1)),
      autoBorrow: 2,
    });
    if (bought.rejectCode !== 0) throw new Error(`the account could not buy its coins: ${bought.rejectCode}`);
    openPosition(venue, perp, person, { usd: COINS * FIRST_USD * 0.5, isLong: false });
    play.second();
    for (const seconds of FALL_SECONDS) {
      const flagsBefore = play.recorder.flags.length;
      const path = [
        { second: 0, factor: 1 },
        { second: seconds, factor: FALL },
        { second: seconds + 120, factor: FALL },
        { second: seconds + 240, factor: 1 },
      ];
      for (let second = 1; second <= seconds + 300; second += 1) {
        venue.usd[1] = FIRST_USD * factorAt(path, second);
        quote(venue.usd[1]);
        play.second();
      }
      const flagged = play.recorder.flags.length - flagsBefore;
      play.check(`not liquidated by a fall in ${seconds} s`, flagged === 0, `${flagged} accounts were flagged`);
    }
  },
};
