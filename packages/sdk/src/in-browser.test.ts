import { fileURLToPath } from 'node:url';
import { startVenueProcess, type VenueProcess } from '@mochila/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { BROWSER_VARIABLE, findBrowser } from './testing/find-browser.ts';
import { type ModuleServer, serveModules } from './testing/serve-modules.ts';

const PAGE = fileURLToPath(new URL('./testing/browser-page.ts', import.meta.url));
const path = findBrowser(process.env);

let venue: VenueProcess;
let modules: ModuleServer;
let browser: Browser;
beforeAll(async () => {
  if (path === null) return;
  venue = await startVenueProcess();
  modules = await serveModules();
  browser = await Browser.start(path);
});
afterAll(async () => {
  await browser?.stop();
  await modules?.close();
  await venue?.stop();
});

it('the SDK trades and streams from a page of another origin in a real browser, with a key that the page cannot read', async ({ skip }) => {
  if (path === null) skip(`this machine has no browser that is known: ${BROWSER_VARIABLE} names a Chromium or Chrome`);
  const script = `import(${JSON.stringify(modules.pathOf(PAGE))}).then(({ run }) => run(${JSON.stringify(venue.url)}))`;
  expect(await browser.evaluate(modules.url, script)).toEqual({
    usdc: '100000',
    status: 'New',
    orders: ['orderAccepted', 'orderCancelled'],
    hasBook: true,
    isReadable: false,
    isForeign: true,
  });
});
