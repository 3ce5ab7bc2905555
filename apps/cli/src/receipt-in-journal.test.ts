import { readFileSync } from 'node:fs';
import { parseReceipt, type Receipt } from '@mochila/sdk';
import { describe, expect, it } from 'vitest';
import { checkInJournal } from './receipt-in-journal.ts';

const all: readonly unknown[] = JSON.parse(readFileSync(new URL('./testing/takings.json', import.meta.url), 'utf8'));
const receipts = all.map((one) => parseReceipt(JSON.stringify(one)));
const [now] = receipts;
if (now === undefined) throw new Error('there are receipts of takings');

/** The receipt as version 2 wrote it: without the reason of the taking. */
function before(receipt: Receipt): Receipt {
  const lines = {
    ...receipt.lines,
    parameters: receipt.lines.parameters.filter(({ parameter }) => !/^(backstopMmf|book)/.test(parameter)),
    terms: receipt.lines.terms.filter(({ term }) => !/^(Due|Book)/.test(term)),
  };
  return { ...receipt, rules: 'liquidation/2', lines, hash: 'another' };
}

describe('a receipt in the journal', () => {
  it('is there with its hash, or not', () => {
    expect(checkInJournal(now, receipts)).toMatchObject({ isGood: true, computed: now.hash });
    expect(checkInJournal({ ...now, hash: 'another' }, receipts)).toMatchObject({ isGood: false, found: 'another' });
    expect(checkInJournal(now, [])).toMatchObject({ isGood: false, computed: '0 other receipts' });
  });

  it('of earlier rules is there where a replay says all that it says', () => {
    expect(now.rules).toBe('liquidation/3');
    for (const receipt of receipts) {
      expect(checkInJournal(before(receipt), receipts)).toMatchObject({
        isGood: true,
        found: 'a receipt of liquidation/2',
        computed: 'one of liquidation/3, which says the same and more',
      });
    }
  });

  it('of earlier rules is not there with one other number', () => {
    const old = before(now);
    const [act] = old.lines.acts;
    if (act === undefined) throw new Error('a taking has acts');
    for (const acts of [[{ ...act, fee: '1' }], [...old.lines.acts, act]]) {
      const verdict = checkInJournal({ ...old, lines: { ...old.lines, acts } }, receipts);
      expect(verdict).toMatchObject({ isGood: false, computed: expect.stringContaining('the build of its time') });
    }
    expect(checkInJournal({ ...old, stage: '4' }, receipts).isGood).toBe(false);
  });
});
