import { Counter, Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { RequestFigures } from './request-figures.ts';

it('are told as the library of Prometheus tells them', async () => {
  const registers = [new Registry()];
  const labelNames = ['method', 'route', 'status'];
  const requests = new Counter({ name: 'mochila_http_requests_total', help: 'HTTP requests answered.', labelNames, registers });
  const seconds = new Histogram({
    name: 'mochila_http_request_seconds',
    help: 'Time from the arrival of a request to its answer.',
    labelNames: ['route'],
    buckets: [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const figures = new RequestFigures();
  const routes = ['/api/v1/order', '/api/v1/ping'];
  for (let at = 0; at < 200; at += 1) {
    const [method, route, status] = [at % 3 === 0 ? 'POST' : 'GET', routes[at % 2] ?? '', at % 5 === 0 ? 400 : 200];
    // Bounds belong to their bucket; the last are beyond all.
    const ms = at < 20 ? 0.25 * at : 2 ** (at % 13);
    requests.labels(method, route, String(status)).inc();
    seconds.labels(route).observe(ms / 1_000);
    figures.count(method, route, status, ms);
  }
  const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  expect(linesOf(figures.text()).toSorted()).toEqual(linesOf((await registers[0]?.metrics()) ?? '').toSorted());
});
