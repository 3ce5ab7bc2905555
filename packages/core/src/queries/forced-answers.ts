/** Backstop, fund and debt notes as the outside sees them. */
import type { BackstopAnswer, BackstopCapacityAnswer, DebtNoteAnswer, FundAnswer } from '@mochila/protocol';
import { accountNoteHead, accountPostingHead, FUND_ACCOUNT } from '../ledger/accounts.ts';
import { carriedNotional, freeCapacity } from '../liquidation/backstop/capacity.ts';
import { isOnNotice, nextOfferOf, offerOf } from '../liquidation/backstop/offer.ts';
import { takenInHour, takenInMinute } from '../liquidation/backstop/window.ts';
import { netAsIfSettled } from '../liquidation/exposed-parts.ts';
import { fundExposure, fundLimit } from '../liquidation/fund/take-by-fund.ts';
import { computeHealth, HealthMode } from '../risk/compute-health.ts';
import { createHealth } from '../risk/health.ts';
import type { State } from '../state.ts';

/** Postings of an account that offer something, or still do until a notice ends, by market. */
export function backstopAnswers(state: State, account: number): BackstopAnswer[] {
  const { backstop } = state;
  const rows: BackstopAnswer[] = [];
  for (let row = accountPostingHead(state.accounts, account); row >= 0; row = backstop.next[row]!) {
    const now = offerOf(state, row);
    const next = nextOfferOf(state, row);
    if (now.capitalAtoms + now.notionalAtoms + next.capitalAtoms + next.notionalAtoms === 0) continue;
    rows.push({
      market: backstop.market[row]!,
      ...now,
      carriedAtoms: carriedNotional(state, row),
      takenInMinuteAtoms: takenInMinute(state, row),
      takenInHourAtoms: takenInHour(state, row),
      freeAtoms: freeCapacity(state, row),
      nextCapitalAtoms: next.capitalAtoms,
      nextNotionalAtoms: next.notionalAtoms,
      nextMinuteAtoms: next.minuteAtoms,
      nextHourAtoms: next.hourAtoms,
      nextAtMicros: isOnNotice(state, row) ? backstop.nextAtMicros[row]! : 0,
    });
  }
  return rows.sort((a, b) => a.market - b.market);
}

/** What all providers of each market offer together; markets nobody offers for have 0. Linear in postings. */
export function backstopCapacityAnswers(state: State): BackstopCapacityAnswer[] {
  const answers = state.markets.map(({ ix }) => ({ market: ix, providers: 0, capitalAtoms: 0, notionalAtoms: 0, freeAtoms: 0 }));
  for (let row = 0; row < state.backstop.used; row += 1) {
    const answer = answers[state.backstop.market[row]!]!;
    const { capitalAtoms, notionalAtoms } = offerOf(state, row);
    if (capitalAtoms === 0) continue;
    answer.providers += 1;
    answer.capitalAtoms += capitalAtoms;
    answer.notionalAtoms += notionalAtoms;
    answer.freeAtoms += freeCapacity(state, row);
  }
  return answers;
}

/** The fund: its size, its limit and what it has taken. */
export function fundAnswer(state: State): FundAnswer {
  const health = createHealth();
  computeHealth(state, FUND_ACCOUNT, HealthMode.Maintenance, null, health);
  const markets = state.markets.map((market) => ({ market: market.ix, notionalAtoms: Math.round(fundExposure(state, market)) }));
  return {
    usdcAtoms: netAsIfSettled(state, FUND_ACCOUNT, state.usdc),
    equity: health.netEquity,
    maintenanceMargin: health.maintenanceMargin,
    limitAtoms: Math.floor(fundLimit(state)),
    markets,
  };
}

/** Debt notes of an account, the newest first. */
export function debtNoteAnswers(state: State, account: number): DebtNoteAnswer[] {
  const { notes } = state;
  const rows: DebtNoteAnswer[] = [];
  for (let row = accountNoteHead(state.accounts, account); row >= 0; row = notes.next[row]!) {
    const asset = notes.asset[row]!;
    rows.push({ note: notes.id[row]!, asset, leftAtoms: notes.leftAtoms[row]!, writtenAtMicros: notes.writtenAtMicros[row]! });
  }
  return rows;
}
