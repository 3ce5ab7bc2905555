/** Query parameters: text on the wire, typed values for handlers. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';

const INTEGER = /^-?(0|[1-9]\d{0,15})$/;
const LIST_LENGTH_MAX = 32;
const LIMIT_STANDARD = 100;

/** A whole number within bounds. */
export function queryInteger(description: string, minimum: number, maximum: number, example: number) {
  const error = mustBe(`a whole number from ${minimum} to ${maximum}`);
  return z
    .string({ error })
    .regex(INTEGER, { error, abort: true })
    .refine((digits) => Number(digits) >= minimum && Number(digits) <= maximum, { error })
    .transform(Number)
    .meta({ type: 'integer', pattern: undefined, minimum, maximum, description, example: String(example) });
}

/** A flag: the words true and false. */
export function queryFlag(description: string) {
  return z
    .enum(['true', 'false'], { error: mustBe('true or false') })
    .transform((word) => word === 'true')
    .meta({ type: 'boolean', enum: undefined, description, example: 'true' });
}

/** A list: the parameter repeated, or its values joined by commas. */
export function queryList<const Words extends Readonly<Record<string, string>>>(word: z.ZodEnum<Words>, description: string) {
  return z
    .union([z.string().transform((joined) => joined.split(',')), z.array(z.string())])
    .pipe(z.array(word).max(LIST_LENGTH_MAX, { error: mustBe(`at most ${LIST_LENGTH_MAX} words`) }))
    .meta({
      type: 'array',
      items: { type: 'string', enum: word.options },
      anyOf: undefined,
      description,
      example: String(word.options[0]),
    });
}

/** How many rows to answer. */
export function queryLimit(maximum: number) {
  const description = `How many rows to answer, at most ${maximum}; ${LIMIT_STANDARD} when absent.`;
  return queryInteger(description, 0, maximum, LIMIT_STANDARD).default(LIMIT_STANDARD);
}

/** How many rows to pass over. */
export const QueryOffset = queryInteger('How many rows to pass over; none when absent.', 0, Number.MAX_SAFE_INTEGER, 0).default(0);

/** Moment in Unix milliseconds. */
export function queryMillis(description: string) {
  return queryInteger(`${description}, in Unix milliseconds.`, 0, Number.MAX_SAFE_INTEGER, 1_750_793_021_519);
}

/** Moment in Unix seconds. */
export function querySeconds(description: string) {
  return queryInteger(`${description}, in Unix seconds.`, 0, 99_999_999_999, 1_750_793_021);
}

/** A 16-bit number. */
export const queryU16 = (description: string) => queryInteger(description, 0, 65_535, 1);
/** A 32-bit number. */
export const queryU32 = (description: string) => queryInteger(description, 0, 4_294_967_295, 7);

/** A word from a closed set. */
export function queryWord<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z.enum(words, { error: mustBe(`one of ${words.join(', ')}`) }).meta({ description, examples: [words[0]] });
}
