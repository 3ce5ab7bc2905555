/** Replay with full state: the commands of a run applied to a fresh state with events off, as recovery does. */
import { createEngineContender } from './engine-contender.ts';
import { createBenchVenue } from './engine-venue.ts';
import { type Figure, figure } from './figures.ts';
import { createStream, NEAR_TOUCH } from './stream.ts';

/** Commands a second of `core.apply` alone over the later half, when V8 has compiled it; reading the journal is not in it. */
export function measureReplay(accounts: number, operations: number): Figure {
  const stream = createStream({ ...NEAR_TOUCH, operations });
  const venue = createBenchVenue(accounts, 1 << 15);
  const engine = createEngineContender(stream, venue);
  venue.state.out.isOn = false;
  const start = stream.prefill + Math.floor(operations / 2);
  engine.run(0, start);
  const seqBefore = venue.state.seq;
  const from = performance.now();
  engine.run(start, stream.count);
  const millis = performance.now() - from;
  const commands = venue.state.seq - seqBefore;
  const trades = venue.state.markets[venue.market]!.nextTradeId - 1;
  if (engine.tally.trades !== 0 || trades === 0) throw new Error('a replay trades and tells nothing');
  return figure('replay with full state', commands / millis / 1000, 'M commands/s', 0.5, 1.5, `${accounts / 1000}k accounts, events off`);
}
