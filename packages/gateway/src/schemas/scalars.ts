/** The small values that requests and answers are made of. Each refuses with a sentence that shows the value and the rule. */
import { z } from 'zod';
import type { ApiErrorCode } from '../errors/api-error-code.ts';
import { mustBe } from '../errors/error-of-issues.ts';

const DECIMAL_LENGTH_MAX = 40;
const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const SYMBOL = /^[A-Za-z0-9_.-]{1,64}$/;
const PERCENT_OR_DECIMAL = /^(0|[1-9]\d*)(\.\d+)?%?$/;
const U16_MAX = 65_535;
/** The largest client id. */
export const U32_MAX = 4_294_967_295;
const I32_MAX = 2_147_483_647;

/** A decimal number as text, of either sign. */
export const Decimal = decimalText().meta({
  format: 'decimal',
  description: 'Decimal number as text, without exponent.',
  examples: ['1.5'],
});

/** A decimal number above zero; below or at zero it refuses with the code given. */
export function positiveDecimal(code: ApiErrorCode, description: string, example = '1.5') {
  return decimalText()
    .refine(isPositive, { error: mustBe('above zero'), params: { apiCode: code } })
    .meta({ format: 'decimal', description, examples: [example] });
}

/** A price of a request, above zero. */
export const Price = positiveDecimal('INVALID_PRICE', 'Price in the quote asset; a multiple of the tick size of the market.', '141.25');

/** A quantity of a request, above zero. */
export const Quantity = positiveDecimal(
  'INVALID_QUANTITY',
  'Quantity in the base asset; a multiple of the step size of the market.',
  '2.5',
);

/** An amount of an asset in a request, above zero. */
export const Amount = positiveDecimal('INVALID_QUANTITY', 'Amount in units of the asset.', '250');

/** The size of a trigger order: a quantity, or a share of the position. */
export const TriggerQuantity = z
  .string({ error: mustBe('a string like "1.5" or "100%"') })
  .max(DECIMAL_LENGTH_MAX, { error: mustBe(`at most ${DECIMAL_LENGTH_MAX} characters`), abort: true })
  .regex(PERCENT_OR_DECIMAL, { error: mustBe('a decimal like "1.5" or a percentage like "100%"'), abort: true })
  .refine((text) => /[1-9]/.test(text), { error: mustBe('above zero'), params: { apiCode: 'INVALID_QUANTITY' } })
  .meta({ description: 'Quantity that the trigger sends, or a percentage of the position.', examples: ['100%'] });

/** Symbol of a market. */
export const MarketSymbol = z
  .string({ error: mustBe('a market symbol like "SOL_USDC_PERP"') })
  .regex(SYMBOL, { error: mustBe('a market symbol like "SOL_USDC_PERP"') })
  .meta({ description: 'Symbol of the market.', examples: ['SOL_USDC_PERP'] });

/** Symbol of an asset. */
export const AssetSymbol = z
  .string({ error: mustBe('an asset symbol like "SOL"') })
  .regex(/^[A-Za-z0-9]{1,32}$/, { error: mustBe('an asset symbol like "SOL"') })
  .meta({ description: 'Symbol of the asset.', examples: ['SOL'] });

/** Id of an order: digits as text, since ids may pass what a JSON number holds exactly. */
export const OrderId = z
  .string({ error: mustBe('a string of 1 to 20 digits like "114510214144"') })
  .regex(/^\d{1,20}$/, { error: mustBe('a string of 1 to 20 digits like "114510214144"') })
  .meta({ description: 'Id of the order.', examples: ['114510214144'] });

/** Free text of bounded length. */
export function text(description: string, example: string, lengthMax = 256) {
  return z
    .string({ error: mustBe('a string') })
    .max(lengthMax, { error: mustBe(`at most ${lengthMax} characters`) })
    .meta({ description, examples: [example] });
}

/** True or false; the words "true" and "false" as strings are refused. */
export function flag(description: string) {
  return z.boolean({ error: mustBe('true or false, without quotes') }).meta({ description, examples: [true] });
}

/** A whole number within bounds. */
export function integer(description: string, minimum: number, maximum: number, example: number) {
  const error = mustBe(`a whole number from ${minimum} to ${maximum}, without quotes`);
  return z
    .number({ error })
    .int({ error })
    .min(minimum, { error })
    .max(maximum, { error })
    .meta({ description, examples: [example] });
}

/** A whole number of 0 to 65535. */
export const u16 = (description: string, example = 1) => integer(description, 0, U16_MAX, example);
/** A whole number of 0 to 4294967295. */
export const u32 = (description: string, example = 1) => integer(description, 0, U32_MAX, example);
/** A whole number of -2147483648 to 2147483647. */
export const i32 = (description: string, example = 1) => integer(description, -I32_MAX - 1, I32_MAX, example);
/** A whole number of zero or more that a JSON number holds exactly. */
export const u64 = (description: string, example = 1) => integer(description, 0, Number.MAX_SAFE_INTEGER, example);

/** Client id of an order. */
export const ClientId = u32('Your own id of the order; nothing promises that it is unique.', 7);

/** Client id where one client library in use sends digits in quotes. */
export const ClientIdLenient = z
  .union(
    [
      ClientId,
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number)
        .pipe(ClientId),
    ],
    {
      error: mustBe(`a whole number from 0 to ${U32_MAX}`),
    },
  )
  .meta({ type: 'integer', format: 'uint32', anyOf: undefined, description: 'Your own id of the order.', examples: [7] });

/** Moment in UTC as ISO 8601 without a zone. */
export const NaiveDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/)
  .meta({ format: 'naive-date-time', description: 'Moment in UTC, ISO 8601 without a zone.', examples: ['2026-06-24T18:43:41.519103'] });

/** Moment in UTC as RFC 3339, with its zone. */
export const ZonedDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/)
  .meta({ format: 'date-time', description: 'Moment in UTC, RFC 3339.', examples: ['2026-06-24T18:43:41Z'] });

function decimalText() {
  return z
    .string({ error: mustBe('a string like "1.5"') })
    .max(DECIMAL_LENGTH_MAX, { error: mustBe(`at most ${DECIMAL_LENGTH_MAX} characters`), abort: true })
    .regex(DECIMAL, { error: mustBe('a decimal like "1.5", without exponent, plus sign, spaces or leading zeros'), abort: true });
}

/** Tells whether a text is what {@link positiveDecimal} takes. */
export function isPositiveDecimal(value: unknown): value is string {
  return typeof value === 'string' && value.length <= DECIMAL_LENGTH_MAX && DECIMAL.test(value) && isPositive(value);
}

/** Tells whether a text may be the symbol of a market. */
export function isMarketSymbol(value: unknown): value is string {
  return typeof value === 'string' && SYMBOL.test(value);
}

function isPositive(decimal: string): boolean {
  return !decimal.startsWith('-') && /[1-9]/.test(decimal);
}
