import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await TestGateway.start();
});
afterAll(() => gateway.stop());

describe('documents', () => {
  it('describe the routes that are served, and nothing that is not used', async () => {
    const { json } = await gateway.send('GET', '/openapi.json');
    const document = z
      .looseObject({
        openapi: z.literal('3.1.0'),
        paths: z.record(z.string(), z.record(z.string(), z.looseObject({ summary: z.string(), operationId: z.string() }))),
        components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
      })
      .parse(json);
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/ping',
      '/api/v1/time',
      '/api/v1/order',
      '/api/v1/orders',
      '/api/v1/account',
      '/api/v1/trades/history',
      '/test/throws',
      '/test/wrong',
    ]);
    expect(Object.keys(document.components.schemas)).toContain('ApiErrorResponse');
    expect(Object.keys(document.components.schemas)).not.toContain('DepthEvent');
    const text = JSON.stringify(json);
    const references = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(document.paths['/api/v1/order']?.post).toMatchObject({
      security: [{ apiKey: [], timestamp: [], window: [], signature: [] }],
      description: 'Signed with the instruction `orderExecute`; the key needs the permission `trade`.',
    });
  });

  it('are shown by a page that asks nothing of the internet', async () => {
    const page = await gateway.fetch(`/docs/`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const outside = [...html.matchAll(/(?:src|href)="(https?:)?\/\/[^"]+"/g)];
    expect(outside).toEqual([]);
    const [, script = ''] = /<script[^>]+src="([^"]+)"/.exec(html) ?? [];
    const code = await gateway.fetch(new URL(script, `${gateway.origin}/docs/`).pathname);
    expect([code.status, code.headers.get('content-type')]).toEqual([200, 'application/javascript; charset=utf-8']);
    expect((await code.text()).length).toBeGreaterThan(1_000_000);
  });

  it('describe every stream, in JSON and readably', async () => {
    const { json } = await gateway.send('GET', '/asyncapi.json');
    expect(json).toMatchObject({
      asyncapi: '3.0.0',
      channels: {
        'depth.window.symbol': { address: 'depth.{window}.{symbol}', parameters: { window: { enum: ['200ms', '600ms', '1000ms'] } } },
      },
      components: { schemas: { OrderUpdateEvent: { type: 'object' }, SubscribeFrame: { type: 'object' } } },
    });
    const text = JSON.stringify(json);
    const schemas = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) }).parse(json).components.schemas;
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(references.filter((name) => !(name in schemas))).toEqual([]);
    const page = await gateway.fetch(`/docs/streams`);
    expect(await page.text()).toContain('account.positionUpdate.{symbol}');
  });
});
