/** `mochila stress`. */
import { getStress } from '@mochila/sdk';
import { type Command, InvalidArgumentError } from 'commander';
import { stressText } from '../output/stress-text.ts';
import { wholeNumber } from '../read-words.ts';
import { sessionOf } from '../session.ts';

const PERCENT = 100;
const DIGITS = 6;
const MOVE_MAX = 9;

/** Adds the command. */
export function addStress(program: Command): void {
  program
    .command('stress')
    .description('try moves of prices on a copy of the account: what would be liquidated, in which order, at which prices')
    .argument('<move...>', 'moves such as BTC=-30% or SOL=-0.5', readMoves)
    .option('--seconds <seconds>', 'length of the move; at once when absent', wholeNumber(1, 600))
    .addHelpText('after', '\nExamples:\n  mochila stress BTC=-30% SOL=-50%\n  mochila stress BTC=+20% --seconds 60 --json')
    .action(async (shocks: Record<string, string>, flags: { readonly seconds?: number }, command: Command) => {
      const { sign, write, paint } = sessionOf(command);
      const { seconds } = flags;
      const answer = await getStress(sign(), { shocks, ...(seconds === undefined ? {} : { seconds }) });
      write(answer, () => stressText(shocks, answer, paint));
    });
}

/** Gathers moves as fractions, by asset. */
export function readMoves(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, symbol, number = '', percent] = /^([A-Za-z0-9]{1,16})=([+-]?\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(text) ?? [];
  const move = percent === '%' ? Number(number) / PERCENT : Number(number);
  if (symbol === undefined || !(move > -1 && move <= MOVE_MAX))
    throw new InvalidArgumentError(
      `"${text}" must be an asset and its move, above -100 % and up to +900 %, such as BTC=-30%, or SOL=-0.5 for half; at most six digits after the point.`,
    );
  const asset = symbol.toUpperCase();
  if (Object.hasOwn(before, asset)) throw new InvalidArgumentError(`"${text}" must be the only move of ${asset}.`);
  return { ...before, [asset]: String(Number(move.toFixed(DIGITS))) };
}
