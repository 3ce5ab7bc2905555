import { shareOut } from '@mochila/math';
import { commands, events, LiquidationStage, type ReceiptDocument } from '@mochila/protocol';
import { verifyReceipt } from '@mochila/sdk';
import { describe, expect, it } from 'vitest';
import { writeSnapshot } from '../../codec/snapshot.ts';
import { WORK_PER_LIQUIDATION, WORK_PER_MOVE } from '../../limits.ts';
import { pendingSystemWork } from '../../settlement/pending-system-work.ts';
import { personWith, setPrice } from '../../testing/forced-venue.ts';
import { receiptsOf } from '../../testing/receipt-documents.ts';
import { SmallAsset, SmallMarket, smallGenesis } from '../../testing/small-genesis.ts';
import { type Person, TestVenue } from '../../testing/test-venue.ts';
import { deficitAtoms } from './deleverage.ts';
import { rankingOf, rankMore } from './rank-winners.ts';
import { compareWinners, RANK_MAX, type Winner } from './ranking.ts';

const PERP = SmallMarket.SOL_USDC_PERP;
const M = 1_000_000;
const WINNERS = 1_200;
/** Lots each of them is short. */
const LOTS = 150;

interface Crowd {
  venue: TestVenue;
  winners: Person[];
  rich: Person;
  broke: Person;
}

/** Many who are short, against one who cannot pay for half of them and one who can for the rest. */
function crowd(): Crowd {
  const genesis = smallGenesis({ registrationsPerAddressAndDay: 0 });
  const rows = WINNERS + 10;
  genesis.limits = {
    ...genesis.limits,
    accounts: rows,
    users: rows,
    keys: rows,
    positions: 4 * rows,
    holdings: 8 * rows,
    orders: 4 * rows,
  };
  genesis.limits.replayedSignatures = 20 * rows;
  for (const asset of genesis.assets) asset.faucetGrant = '0';
  const venue = new TestVenue(genesis);
  const rich = personWith(venue, 1, [90_000_000 * M]);
  const broke = personWith(venue, 2, [8_500 * M]);
  const winners = Array.from({ length: WINNERS }, (_, at) => {
    const key = new Uint8Array(32).fill(9);
    new DataView(key.buffer).setUint32(0, at);
    const { result } = venue.send(commands.registerUser, { isSandbox: 1, publicKey: key });
    const person = { account: result[1]!, key: result[2]!, generation: result[3]! };
    venue.deposit(person, SmallAsset.USDC, (400 + 40 * (at % 90)) * M);
    if (at % 7 === 0) venue.deposit(person, SmallAsset.SOL, 0.5e8);
    return person;
  });
  for (const [at, person] of winners.entries()) {
    expect(venue.place(person, PERP, 'ask', LOTS, 15_000).rejectCode).toBe(0);
    expect(venue.place(at % 2 === 0 ? broke : rich, PERP, 'bid', LOTS, 15_000).rejectCode).toBe(0);
  }
  setPrice(venue, SmallAsset.SOL, 140);
  return { venue, winners, rich, broke };
}

/** What is closed of whom when all is done at once: rank by rank, pro rata by largest remainder. */
function plainChoice(list: readonly Winner[], lots: number): Map<number, number> {
  const taken = new Map<number, number>();
  let left = lots;
  for (let from = 0; from < list.length && left > 0; ) {
    let end = from + 1;
    const first = list[from]!;
    while (end < list.length && end - from < RANK_MAX && list[end]!.rank === first.rank && list[end]!.isHedged === first.isHedged) end += 1;
    const rank = list.slice(from, end);
    const weights = rank.map((one) => one.lots);
    const total = Math.min(
      left,
      weights.reduce((sum, one) => sum + one, 0),
    );
    for (const [at, share] of shareOut(total, weights).entries()) {
      const { account } = rank[at]!;
      taken.set(account, (taken.get(account) ?? 0) + share);
    }
    left -= total;
    from = end;
  }
  return taken;
}

/** The whole list at once: what many commands rank together. */
function rankedAtOnce({ state }: TestVenue): Winner[] {
  const market = state.markets[PERP]!;
  const list: Winner[] = [];
  while (!rankMore(state, market, false, rankingOf(state, market, false))) state.scratch.work.healths = 0;
  for (const { winners } of rankingOf(state, market, false).runs) list.push(...winners.map((one) => ({ ...one })));
  state.liquidation.rankings.fill(null);
  return list.sort(compareWinners);
}

describe('deleveraging against very many', () => {
  it('is cut into commands, orders in between, and closes what one command would have closed', () => {
    const { venue, winners, rich, broke } = crowd();
    const { state } = venue;
    const lots = venue.size(broke, PERP);
    let moved: number[] = [];
    let taken = 0;
    let borne = 0;
    let expected = new Map<number, number>();
    let deficit = 0;
    const receipts: ReceiptDocument[] = [];
    const { sendOne } = venue;
    venue.sendOne = (schema, fields, timeMicros) => {
      if (schema.name === 'liquidate' && moved.length === 0) {
        expected = plainChoice(rankedAtOnce(venue), lots);
        deficit = deficitAtoms(state, broke.account);
      }
      const answer = sendOne.call(venue, schema, fields, timeMicros);
      if (schema.name !== 'liquidate') return answer;
      moved.push(venue.events(events.fill).length);
      receipts.push(...receiptsOf(venue));
      for (const { takenLots, priceTicks, markTicks, cashAtoms, leftAtoms } of venue.events(events.deleveraged)) {
        taken += takenLots;
        borne += (priceTicks - markTicks) * takenLots * state.markets[PERP]!.k + cashAtoms + leftAtoms;
      }
      // Somebody trades between any two of them.
      sendOne.call(venue, commands.placeOrder, { ...order(venue, rich), priceTicks: 13_000 + moved.length });
      expect(state.scratch.outcome.rejectCode).toBe(0);
      return answer;
    };
    venue.live(1);
    const most = WORK_PER_LIQUIDATION / WORK_PER_MOVE + RANK_MAX + 2;
    expect(Math.max(...moved)).toBeLessThanOrEqual(most);
    expect(moved.filter((count) => count > 0).length).toBeGreaterThan(1);
    expect([venue.size(broke, PERP), taken]).toEqual([0, lots]);
    for (const { account } of winners) {
      const closed = LOTS + venue.size({ account, key: 0, generation: 0 }, PERP);
      expect(closed).toBe(expected.get(account) ?? 0);
    }
    expect(deficit).toBeGreaterThan(0);
    // An atom for each time that what is left was rounded up.
    expect(Math.abs(borne - deficit)).toBeLessThanOrEqual(moved.length);
    // Each command has a receipt of its part, and each of them its rule.
    expect(receipts.filter(({ kind }) => kind === 'Deleveraging').length).toBeGreaterThan(1);
    const rules = receipts.flatMap((receipt) => verifyReceipt(receipt).checks.filter(({ part }) => part === 'rule'));
    expect(rules.filter(({ isGood }) => !isGood)).toEqual([]);
    expect(venue.audit()).toEqual([]);
    moved = [];
    venue.live(1);
    expect(moved.every((count) => count === 0)).toBe(true);
  });

  it('goes on from a snapshot between two commands as the venue did', () => {
    const { venue, broke } = crowd();
    const { state } = venue;
    const { sendOne } = venue;
    let copy: TestVenue | null = null;
    venue.sendOne = (schema, fields, timeMicros) => {
      const answer = sendOne.call(venue, schema, fields, timeMicros);
      const isBetween = schema.name === 'liquidate' && copy === null && venue.events(events.deleveraged).length > 0;
      if (isBetween && pendingSystemWork(state)?.kind === 'liquidate') copy = TestVenue.restored(venue, writeSnapshot(state));
      return answer;
    };
    venue.live(1);
    if (copy === null) throw new Error('it was over in one command');
    const restored: TestVenue = copy;
    expect(restored.state.liquidation.unfinished).toBe(broke.account);
    expect(restored.state.liquidation.cases.stage[0]).toBe(LiquidationStage.Deleveraging);
    expect(restored.size(broke, PERP)).toBeGreaterThan(0);
    restored.runSystemWork();
    expect(restored.state.seq).toBe(state.seq);
    expect(Buffer.compare(writeSnapshot(restored.state), writeSnapshot(state))).toBe(0);
  });
});

function order(venue: TestVenue, person: Person) {
  return { ...commands.placeOrder.defaults, ...venue.signedBy(person), market: PERP, side: 0, quantityLots: 1 };
}
