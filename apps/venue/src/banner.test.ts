import { describe, expect, it } from 'vitest';
import { type BannerFacts, bannerOf } from './banner.ts';

const FACTS: BannerFacts = {
  url: 'http://127.0.0.1:7400',
  isSandbox: true,
  isNew: true,
  dataDirectory: '/data/mochila',
  history: 'SQLite',
  lastSeq: 1,
  markets: 37,
  speed: 1,
  leadSeconds: 0,
  hasMakers: true,
  cutBytes: 0,
  remarks: [],
  prices: [],
  resetCommand: 'npm run reset',
  startMs: 1_234,
};

describe('the banner', () => {
  it('says which prices are read from where, when they come from elsewhere', () => {
    const prices = ['kraken, weight 1: 18 symbols in USD from wss://there/', 'okx, weight 2: 17 symbols in USDT from wss://here/'];
    const rows = bannerOf({ ...FACTS, prices })
      .split('\n')
      .filter((line) => line.includes('Prices'));
    expect(rows.map((line) => line.trim().replace(/ {2,}/, ' '))).toEqual(prices.map((line) => `Prices ${line}`));
    expect(bannerOf(FACTS)).not.toContain('Prices');
  });

  it('says what runs where, a first request, and how to stop', () => {
    const banner = bannerOf(FACTS);
    expect(banner).toContain('up after 1.2 s: a new venue, 37 markets, sandbox');
    expect(banner).toMatch(/REST +http:\/\/127\.0\.0\.1:7400\n/);
    expect(banner).toMatch(/WebSocket +ws:\/\/127\.0\.0\.1:7400\/\n/);
    expect(banner).toContain('/data/mochila (history in SQLite)');
    expect(banner).toContain('curl -s "http://127.0.0.1:7400/api/v1/depth?symbol=SOL_USDC_PERP&limit=5"');
    expect(banner).toContain('npx mochila order buy 1 SOL_USDC_PERP --market');
    expect(bannerOf({ ...FACTS, url: 'http://127.0.0.1:7577' })).toContain('npx mochila --url http://127.0.0.1:7577 keys new');
    expect(banner).toContain('Stop with ctrl-c');
    expect(banner).not.toContain('Clock');
    expect(banner).not.toContain('Note');
  });

  it('says what a second start found, what it cut and what it does not follow', () => {
    const banner = bannerOf({ ...FACTS, isNew: false, lastSeq: 12_345, cutBytes: 80, speed: 60, remarks: ['it stays closed'] });
    expect(banner).toContain('the venue as it was, 12,345 commands long');
    expect(banner).toContain('cut 80 bytes of a command that was never acknowledged');
    expect(banner).toContain('60 venue seconds a second');
    expect(bannerOf({ ...FACTS, leadSeconds: 79 })).toMatch(/Clock +79 s ahead of this machine's\n/);
    expect(bannerOf({ ...FACTS, speed: 5, leadSeconds: 9 })).toContain("5 venue seconds a second, 9 s ahead of this machine's");
    expect(banner).toMatch(/Note +it stays closed/);
  });

  it('of a closed venue says how keys are made, and nothing of test money', () => {
    const banner = bannerOf({ ...FACTS, isSandbox: false, hasMakers: false, resetCommand: 'MOCHILA_DATA_DIR=/d npm run reset' });
    expect(banner).not.toContain('sandbox');
    expect(banner).not.toContain('Makers');
    expect(banner).toContain('keys create-user');
    expect(banner).toContain('MOCHILA_DATA_DIR=/d npm run reset empties it');
  });
});
