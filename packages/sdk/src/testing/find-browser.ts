/** Where this machine has a browser that speaks the DevTools protocol. */
import { existsSync } from 'node:fs';

/** The variable that names one. */
export const BROWSER_VARIABLE = 'MOCHILA_BROWSER';

const USUAL_PATHS = [
  // The program itself before scripts that start it.
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Finds a browser.
 *
 * @returns its path, or null where there is none
 * @throws Error when the variable names a file that is not there
 */
export function findBrowser(environment: Readonly<Record<string, string | undefined>>): string | null {
  const named = environment[BROWSER_VARIABLE];
  if (named === undefined || named === '') return USUAL_PATHS.find((path) => existsSync(path)) ?? null;
  if (!existsSync(named)) throw new Error(`${BROWSER_VARIABLE} is "${named}", and no file is there`);
  return named;
}
