/** Plays a scenario on one engine: opens the venue, samples the lines, judges what every scenario must hold. */
import { answerQuery } from '@mochila/core';
import { createRandom } from './random.ts';
import { type Bursts, BurstTimes } from './record/burst-times.ts';
import { ReceiptProbe } from './record/receipt-probe.ts';
import { Recorder, type Tally } from './record/recorder.ts';
import { type Series, SeriesBook } from './record/series.ts';
import type { Check, Form, Play, Scenario } from './scenario.ts';
import { stateHash } from './venue/command-log.ts';
import { type EngineKind, type SimSizes, simGenesis } from './venue/sim-genesis.ts';
import { SimVenue } from './venue/sim-venue.ts';
import { FUND_ACCOUNT } from './venue/venue-accounts.ts';
import { equityAtIndex, holesAtIndex, providersOf, realEquityOf } from './world/equity.ts';

const PROGRESS_MS = 5_000;

/** What a play ended in. */
export interface PlayResult {
  readonly engine: EngineKind;
  readonly tally: Tally;
  readonly checks: readonly Check[];
  /** USD at the index, at the end: what accounts owe beyond what they own, and what the fund won or lost since the beginning. */
  readonly holesUsd: number;
  readonly fundUsd: number;
  /** The seconds with many forced fills, and what they took. */
  readonly bursts: Bursts;
  readonly series: readonly Series[];
  readonly figures: readonly (readonly [string, string])[];
  /** Symbols of the markets whose prices are drawn. */
  readonly drawn: readonly string[];
  readonly accounts: number;
  readonly commands: number;
  readonly seconds: number;
  readonly playMs: number;
  readonly replayMs: number;
  readonly stateHash: string;
}

/** How it is played. */
export interface PlaySettings {
  readonly form: Form;
  readonly engine: EngineKind;
  readonly seed: number;
  /** Told every few real seconds how far a long play is. */
  readonly onProgress?: (words: string) => void;
}

/** Plays a scenario once. @throws Error when the scenario opens no venue, or what it sends is refused unexpectedly. */
export async function playScenario(scenario: Scenario, settings: PlaySettings): Promise<PlayResult> {
  const begunAt = performance.now();
  const opened: OpenPlay[] = [];
  await scenario.play({
    form: settings.form,
    engine: settings.engine,
    random: createRandom(settings.seed),
    open: (sizes) => {
      const play = new OpenPlay(sizes, settings);
      opened.push(play);
      return play;
    },
  });
  const [play] = opened;
  if (play === undefined) throw new Error(`${scenario.id} opened no venue`);
  return play.end(begunAt);
}

class OpenPlay implements Play {
  readonly venue: SimVenue;
  readonly recorder: Recorder;
  readonly series = new SeriesBook();
  readonly #checks: Check[] = [];
  readonly #figures: [string, string][] = [];
  readonly #engine: EngineKind;
  readonly #begunSecond: number;
  readonly #onProgress: PlaySettings['onProgress'];
  #toldAt = performance.now();
  #drawn: readonly number[] = [];
  readonly #fundBefore: number;
  readonly #bursts = new BurstTimes();
  readonly #receipts: ReceiptProbe | null;

  constructor(sizes: SimSizes, { engine, seed, onProgress }: PlaySettings) {
    this.#onProgress = onProgress;
    this.#engine = engine;
    this.venue = new SimVenue(simGenesis(sizes, engine, seed), [1, ...sizes.coins.map(({ usd }) => usd)], engine === 'layered');
    this.recorder = new Recorder(this.venue);
    this.#receipts = engine === 'layered' ? new ReceiptProbe(this.venue) : null;
    this.venue.pass();
    this.#begunSecond = this.venue.state.tickSecond;
    this.#fundBefore = equityAtIndex(this.venue, [FUND_ACCOUNT]);
    const first = this.venue.state.markets.find(({ listing }) => listing.perp !== null) ?? this.venue.state.markets[0];
    if (first !== undefined) this.#drawn = [first.ix];
  }

  second(): void {
    this.#tellProgress();
    this.recorder.turn();
    this.venue.pass();
    const { recorder, venue } = this;
    this.#bursts.add({
      fills: recorder.forcedFillsNow,
      markets: recorder.forcedMarketsNow.size,
      ms: venue.liquidationMs,
      cpuMs: venue.liquidationCpuMs,
    });
    this.#sample();
  }

  draw(markets: readonly number[]): void {
    this.#drawn = markets;
  }

  check(name: string, holds: boolean, detail: string): void {
    if (this.#engine === 'layered') this.#checks.push({ name, holds, detail });
  }

  figure(name: string, value: string): void {
    this.#figures.push([name, value]);
  }

  /** Judges what every scenario must hold, running the journal again, and gathers what the report shows. */
  end(begunAt: number): PlayResult {
    const { venue, recorder } = this;
    const engine = this.#engine;
    const playMs = performance.now() - begunAt;
    const hash = stateHash(venue.snapshot());
    const replayMs = engine === 'layered' ? this.#judge(hash) : 0;
    return {
      engine,
      tally: recorder.tally,
      checks: this.#checks,
      holesUsd: holesAtIndex(venue),
      fundUsd: equityAtIndex(venue, [FUND_ACCOUNT]) - this.#fundBefore,
      bursts: this.#bursts.told(),
      series: this.series.all(),
      figures: this.#figures,
      drawn: this.#drawn.map((ix) => venue.state.markets[ix]?.symbol ?? ''),
      accounts: venue.state.accounts.used,
      commands: venue.state.seq,
      seconds: venue.state.tickSecond - this.#begunSecond,
      playMs,
      replayMs,
      stateHash: hash,
    };
  }

  /** @returns ms of the replay. */
  #judge(hash: string): number {
    const { venue, recorder } = this;
    const broken = venue.audit();
    this.check('no atom was created or lost, every invariant holds', broken.length === 0, broken[0] ?? 'the whole state was audited');
    const early = recorder.flags.filter(({ equity, maintenance }) => !(equity < maintenance));
    this.check(
      'nobody was liquidated whom the marks did not put below maintenance',
      early.length === 0,
      `${recorder.flags.length} times an account was flagged, each time with equity below its maintenance margin`,
    );
    this.#judgeReceipts();
    const replayBegun = performance.now();
    const replayed = venue.log?.replay(venue.genesis) ?? hash;
    const replayMs = performance.now() - replayBegun;
    this.check(
      'a replay of the journal ends in the same state',
      replayed === hash,
      `state ${hash.slice(0, 16)}, replayed ${replayed.slice(0, 16)}`,
    );
    return replayMs;
  }

  /** Where something was done by force. */
  #judgeReceipts(): void {
    const probed = this.#receipts?.probe();
    if (probed === undefined || probed.looked === 0) return;
    const detail = probed.wrong ?? `${probed.looked} of ${this.recorder.tally.receipts} were computed again from their own numbers`;
    this.check('receipts hold', probed.wrong === null, detail);
  }

  #tellProgress(): void {
    const now = performance.now();
    if (now - this.#toldAt < PROGRESS_MS) return;
    this.#toldAt = now;
    const { state } = this.venue;
    const { forcedFills } = this.recorder.tally;
    const seconds = state.tickSecond - this.#begunSecond;
    this.#onProgress?.(`second ${seconds}: ${state.seq.toLocaleString('en')} commands, ${forcedFills.toLocaleString('en')} forced fills`);
  }

  #sample(): void {
    const { venue, series, recorder } = this;
    const { state } = venue;
    const second = state.tickSecond - this.#begunSecond;
    for (const ix of this.#drawn) {
      const market = state.markets[ix];
      const base = market === undefined ? undefined : state.assets[market.base];
      if (market === undefined || base === undefined) continue;
      series.add(`${market.symbol} index`, second, base.price.index);
      series.add(`${market.symbol} mark`, second, market.price.markTicks * market.tickSize);
      if (market.price.mid > 0) series.add(`${market.symbol} middle of the book`, second, market.price.mid);
      if (market.lastTicks > 0) series.add(`${market.symbol} last trade`, second, market.lastTicks * market.tickSize);
    }
    for (const [stage, usd] of Object.entries(recorder.tally.closedUsd)) series.add(`closed by ${stage}`, second, usd);
    series.add('accounts being liquidated', second, recorder.tally.accountsFlagged - recorder.tally.accountsRecovered);
    series.add('needed of winners', second, recorder.tally.neededUsd);
    series.add('taken from winners', second, recorder.tally.takenUsd);
    series.add('fund equity', second, answerQuery(state, 'margin', { account: FUND_ACCOUNT }).realEquity);
    const providers = providersOf(venue);
    if (providers.length > 0) series.add('backstop equity', second, realEquityOf(venue, providers));
    const [usdc] = answerQuery(state, 'pools', {});
    if (usdc !== undefined) series.add('USDC utilisation', second, usdc.utilization);
  }
}
