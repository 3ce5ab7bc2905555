/** Every scenario in its short form: what must hold holds, and the report stands by itself. */
import { describe, expect, it } from 'vitest';
import { playScenario } from '../play-scenario.ts';
import { reportHtml, reportJson } from '../report/report.ts';
import { scenarios } from './all.ts';

describe('a bad day, in short', () => {
  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s: everything holds', async (_, scenario) => {
    const layered = await playScenario(scenario, { form: 'short', engine: 'layered', seed: 1 });
    expect(layered.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(layered.checks.length).toBeGreaterThan(3);
    const bare = scenario.notCompared === undefined ? await playScenario(scenario, { form: 'short', engine: 'bare', seed: 1 }) : null;
    const page = reportHtml({ scenario, seed: 1, form: 'short', layered, bare });
    expect(page).toContain(scenario.title);
    expect(page).toContain(scenario.notCompared ?? 'owed beyond what is owned, at the index');
    // It needs nothing from anywhere.
    expect(page).not.toMatch(/(src|href)=|@import|url\(/);
    expect(JSON.parse(reportJson({ scenario, seed: 1, form: 'short', layered, bare })).layered.stateHash).toBe(layered.stateHash);
  });
});
