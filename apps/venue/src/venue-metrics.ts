/** What the engine, the journal and history count, for Prometheus: read from shared memory when `/metrics` is asked for. */
import { type EngineLink, LinkFault } from '@mochila/ports';
import type { ExchangeFigures } from '@mochila/prices-exchanges';
import type { StatusAnswer } from '@mochila/protocol';
import { CoreControl, JournalControl, type LinkSeat } from '@mochila/runtime';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { RefusalListener } from './counted-link.ts';
import type { HistoryFigures } from './gateway-task.ts';
import { addPriceFigures } from './price-metrics.ts';

/** What is told to the metrics as it happens. */
export type VenueMetrics = {
  readonly onRefusal: RefusalListener;
  onHistory(figures: HistoryFigures): void;
  onPrices(figures: readonly ExchangeFigures[]): void;
};

/** What the metrics are made of. */
export type VenueMetricsParts = {
  readonly registry: Registry;
  readonly seat: LinkSeat;
  /** Asked how many accounts and orders there are, at most once in a second. */
  readonly engine: EngineLink;
  /** Milliseconds, only rising. */
  readonly nowMs: () => number;
};

const JOURNAL_STATES = ['opening', 'ok', 'refusing', 'halted', 'stopped'] as const;
const ENGINE_STATES = ['starting', 'running', 'refusing', 'halted', 'stopped'] as const;
const HISTORY_STATES = ['starting', 'live', 'catchingUp', 'down', 'stopped'] as const;
const STATUS_KEPT_MS = 1_000;
const MICROS_PER_SECOND = 1_000_000;

/** Registers them. */
export function createVenueMetrics({ registry, seat, engine, nowMs }: VenueMetricsParts): VenueMetrics {
  const core = new CoreControl(seat.coreControl);
  const journal = new JournalControl(seat.journalControl);
  const gauge = (name: string, help: string, read: () => number): void => {
    addGauge(registry, name, help, read);
  };
  addEngineFigures(gauge, core);
  gauge('mochila_journal_durable_seq', 'Sequence of the last durable command.', () => journal.durableSeq());
  addStates(registry, 'mochila_journal_status', 'How the journal is; refusing means no space.', JOURNAL_STATES, () => journal.status());
  addStates(registry, 'mochila_engine_status', 'How the writer is.', ENGINE_STATES, () => engine.status());
  addCounts(registry, engine, nowMs);
  const refusals = new Counter({
    name: 'mochila_engine_refusals_total',
    help: 'Commands and questions of this gateway that the engine did not take: full ring, no space, no answer in time.',
    labelNames: ['what'],
    registers: [registry],
  });
  for (const what of ['busy', 'maintenance', 'timeout', 'question']) refusals.inc({ what }, 0);
  return { onRefusal: (what) => refusals.inc({ what }), onHistory: addHistory(registry, gauge), onPrices: addPriceFigures(registry) };
}

type AddGauge = (name: string, help: string, read: () => number) => void;

function addEngineFigures(gauge: AddGauge, core: CoreControl): void {
  gauge('mochila_engine_seq', 'Sequence of the last command.', () => core.figures().seq);
  gauge(
    'mochila_engine_time_seconds',
    'Venue time of the last command, seconds since 1970.',
    () => core.figures().timeMicros / MICROS_PER_SECOND,
  );
  gauge('mochila_engine_commands_total', 'Commands of users and of the world since the start.', () => core.figures().commands);
  gauge(
    'mochila_engine_system_commands_total',
    'Commands that the venue gave itself since the start.',
    () => core.figures().systemCommands,
  );
  gauge('mochila_engine_ticks_total', 'Seconds of the venue that had a tick of their own.', () => core.figures().ticks);
  gauge('mochila_engine_ticks_missed_total', 'Seconds of the venue that shared the tick of a later one.', () => core.figures().ticksMissed);
  gauge('mochila_engine_clock_backward_total', 'Times that the clock was set back.', () => core.figures().clockBackward);
  gauge('mochila_engine_clock_forward_total', 'Times that the clock leapt ahead.', () => core.figures().clockForward);
  gauge('mochila_engine_output_waits_total', 'Times that the engine waited for a reader.', () => core.figures().outputWaits);
  gauge('mochila_engine_batches_lost_total', 'Batches that history has to read from the journal.', () => core.figures().batchesLost);
  gauge('mochila_engine_questions_failed_total', 'Questions that the engine could not answer.', () => core.figures().questionsFailed);
  gauge('mochila_engine_snapshots_total', 'Snapshots made since the start.', () => core.figures().snapshots);
  gauge('mochila_engine_snapshot_copy_seconds_max', 'Longest pause for a snapshot.', () => core.figures().snapshotCopyMsMax / 1000);
}

function addCounts(registry: Registry, engine: EngineLink, nowMs: () => number): void {
  let status: Promise<StatusAnswer | null> = Promise.resolve(null);
  let askedAtMs = Number.NEGATIVE_INFINITY;
  const ask = (): Promise<StatusAnswer | null> => {
    if (nowMs() - askedAtMs < STATUS_KEPT_MS) return status;
    askedAtMs = nowMs();
    // While the engine cannot answer, these have no value: the other figures say why.
    status = engine.ask('status', { withHash: false }).catch((error: unknown) => {
      if (error instanceof LinkFault) return null;
      throw error;
    });
    return status;
  };
  addGauge(registry, 'mochila_accounts', 'Accounts, subaccounts included.', async () => (await ask())?.accounts ?? Number.NaN);
  addGauge(
    registry,
    'mochila_open_orders',
    'Orders on the books and waiting for a trigger.',
    async () => (await ask())?.openOrders ?? Number.NaN,
  );
}

function addHistory(registry: Registry, gauge: AddGauge): (figures: HistoryFigures) => void {
  let last: HistoryFigures = { state: 'starting', checkpointSeq: 0, lagCommands: 0, lagSeconds: 0, rowsWritten: 0, faults: 0 };
  addStates(registry, 'mochila_history_status', 'How history is; down means that its store fails.', HISTORY_STATES, () => last.state);
  gauge('mochila_history_checkpoint_seq', 'Sequence up to which history has its rows.', () => last.checkpointSeq);
  gauge('mochila_history_lag_commands', 'Commands that are durable and not in history.', () => last.lagCommands);
  gauge('mochila_history_lag_seconds', 'Venue time that history is behind.', () => last.lagSeconds);
  gauge('mochila_history_rows_total', 'Rows written since the start.', () => last.rowsWritten);
  gauge('mochila_history_faults_total', 'Failures of the store since the start.', () => last.faults);
  return (figures) => {
    last = figures;
  };
}

function addGauge(registry: Registry, name: string, help: string, read: () => number | Promise<number>): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    registers: [registry],
    collect: async () => gauge.set(await read()),
  });
}

/** One line per state, 1 for the present one. */
function addStates(registry: Registry, name: string, help: string, states: readonly string[], read: () => string): void {
  const gauge: Gauge<'state'> = new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      const present = read();
      for (const state of states) gauge.set({ state }, state === present ? 1 : 0);
    },
  });
}
