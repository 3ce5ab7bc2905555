/** Shorthand for the fields of answers. Answers are ours: they are described, and judged in tests only. */
import { z } from 'zod';
import { Decimal } from './scalars.ts';

/** A decimal number as text. */
export const dec = (description: string, example = '1.5') => Decimal.meta({ description, examples: [example] });

/** Text. */
export const str = (description: string, example: string) => z.string().meta({ description, examples: [example] });

/** A whole number that a JSON number holds exactly. */
export const int = (description: string, example: number) => z.int().meta({ description, examples: [example] });

/** A number. */
export const num = (description: string, example: number) => z.number().meta({ description, examples: [example] });

/** True or false. */
export const bool = (description: string) => z.boolean().meta({ description, examples: [true] });

/** A field that is null when it has no value: REST answers never leave fields out. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();

/** Levels of one side of a book as `[price, quantity]`, ascending in price. */
export const DepthLevels = z
  .array(z.tuple([dec('Price.', '141.25'), dec('Quantity.', '2.5')]))
  .meta({ description: 'Levels as [price, quantity], ascending in price.', examples: [[['141.25', '2.5']]] });
