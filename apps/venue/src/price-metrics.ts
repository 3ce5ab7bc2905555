/** What the readers of exchanges count, for Prometheus. */
import type { ExchangeFigures } from '@mochila/prices-exchanges';
import { Gauge, type Registry } from 'prom-client';

/** Registers them; they have values once somebody reads exchanges. @returns what to tell the figures to */
export function addPriceFigures(registry: Registry): (figures: readonly ExchangeFigures[]) => void {
  let last: readonly ExchangeFigures[] = [];
  const add = (name: string, help: string, read: (figures: ExchangeFigures) => number): void => {
    const gauge: Gauge<'exchange'> = new Gauge({
      name: `mochila_prices_${name}`,
      help,
      labelNames: ['exchange'],
      registers: [registry],
      collect: () => {
        for (const figures of last) gauge.set({ exchange: figures.exchange }, read(figures));
      },
    });
  };
  add('connected', '1 while the stream of the exchange is open.', ({ isConnected }) => Number(isConnected));
  add('connects_total', 'Times that the stream was opened.', ({ connects }) => connects);
  add('frames_total', 'Frames that came.', ({ frames }) => frames);
  add('taken_total', 'Prices that were taken.', ({ taken }) => taken);
  add('errors_total', 'Messages in which the exchange refused something.', ({ errors }) => errors);
  addRefusals(registry, () => last);
  return (figures) => {
    last = figures;
  };
}

function addRefusals(registry: Registry, read: () => readonly ExchangeFigures[]): void {
  const gauge: Gauge<'exchange' | 'reason'> = new Gauge({
    name: 'mochila_prices_refused_total',
    help: 'What the exchange said and was not taken, by reason.',
    labelNames: ['exchange', 'reason'],
    registers: [registry],
    collect: () => {
      for (const { exchange, refused } of read())
        for (const [reason, count] of Object.entries(refused)) gauge.set({ exchange, reason }, count);
    },
  });
}
