/** Every benchmark, in the order they are told. */
import { measureCrowd } from './crowd.ts';
import { measureEngine } from './engine.ts';
import { cost, type Figure, figure } from './figures.ts';
import { measureJournal } from './journal.ts';
import { measureLiquidationBursts } from './liquidation-burst.ts';
import { type MatchingReport, measureMatching, measureTelling, type TellingReport } from './matching.ts';
import { measureNearMaintenance } from './near-maintenance.ts';
import { measureReplay } from './replay.ts';
import { measureRestOrders } from './rest-orders.ts';

/** A benchmark and what to call it while it runs. */
interface Part {
  readonly name: string;
  readonly run: () => readonly Figure[] | Promise<readonly Figure[]>;
}

/**
 * Runs them one after another.
 *
 * @param isShort - a form for CI: fewer operations and accounts, half a minute in all.
 * @param onPart - told what begins.
 */
export async function measureAll(isShort: boolean, onPart: (name: string) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, run } of isShort ? shortParts() : longParts()) {
    onPart(name);
    figures.push(...(await run()));
  }
  return figures;
}

function longParts(): Part[] {
  return [
    { name: 'matching alone', run: () => matchingParts(false) },
    { name: 'whole engine', run: () => measureEngine({ accounts: 100_000, operations: 1_600_000, activity: 'zipf' }) },
    { name: 'whole engine, market makers', run: () => measureEngine({ accounts: 100_000, operations: 800_000, activity: 'marketMakers' }) },
    { name: 'a million positions', run: () => measureCrowd(1_000_000) },
    { name: 'accounts near maintenance', run: () => measureNearMaintenance(1_000_000) },
    { name: 'a burst of liquidations', run: () => measureLiquidationBursts(11_279, 5) },
    { name: 'replay', run: () => [measureReplay(100_000, 2_000_000)] },
    { name: 'journal', run: async () => [await measureJournal(5)] },
    { name: 'signed REST orders', run: () => measureRestOrders({ warmUp: 80_000, orders: 40_000, isWhole: true }) },
  ];
}

function shortParts(): Part[] {
  return [
    { name: 'matching alone', run: () => matchingParts(true) },
    { name: 'whole engine', run: () => measureEngine({ accounts: 20_000, operations: 160_000, activity: 'zipf' }) },
    { name: 'positions', run: () => measureCrowd(100_000) },
    { name: 'accounts near maintenance', run: () => measureNearMaintenance(100_000) },
    { name: 'a burst of liquidations', run: () => measureLiquidationBursts(2_000, 3) },
    { name: 'replay', run: () => [measureReplay(20_000, 160_000)] },
    { name: 'journal', run: async () => [await measureJournal(1)] },
    { name: 'signed REST orders', run: () => measureRestOrders({ warmUp: 6_000, orders: 6_000, isWhole: false }) },
  ];
}

/** Telling owners comes last: until then the code of the others never meets it. */
function matchingParts(isShort: boolean): Figure[] {
  const reports = measureMatching({ short: isShort });
  return [...reports.flatMap(matchingFigures), tellingFigure(measureTelling({ short: isShort }))];
}

function tellingFigure({ name, opsPerSecond, baselineOpsPerSecond, ratio }: TellingReport): Figure {
  const note = `${(opsPerSecond / 1e6).toFixed(2)} against ${(baselineOpsPerSecond / 1e6).toFixed(2)} M operations/s; the library tells nobody`;
  return figure(`matching and telling owners of every order, ${name}`, ratio, 'times nodejs-order-book', null, null, note);
}

function matchingFigures(report: MatchingReport): Figure[] {
  const { name, liveOrders, distanceTicksMean, opsPerSecond, baselineOpsPerSecond, latency, baselineLatency } = report;
  const note = `${(opsPerSecond / 1e6).toFixed(2)} against ${(baselineOpsPerSecond / 1e6).toFixed(2)} M operations/s; ${report.trades} trades alike; adds ${distanceTicksMean} ticks from the middle on average`;
  const latencies = `p50 ${latency.p50Nanos} p99 ${latency.p99Nanos} ns, nodejs-order-book p50 ${baselineLatency.p50Nanos} p99 ${baselineLatency.p99Nanos} ns`;
  const bytes = `${report.columnBytesPerOrder} in columns; nodejs-order-book ${report.baselineBytesPerOrder.toFixed(0)}`;
  return [
    figure(`matching alone, ${name}, ${liveOrders} live orders`, report.ratio, 'x nodejs-order-book', 80, 200, note),
    cost(`matching alone, ${name}, p99.9`, latency.p999Nanos / 1000, 'us', null, null, latencies),
    cost(`bytes per resting order, ${name}`, report.measuredBytesPerOrder, 'B', null, null, bytes),
  ];
}
