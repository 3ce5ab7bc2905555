/** Names, descriptions and examples of schemas: what the generated documents are made of. */
import { z } from 'zod';
import { mustBe } from '../errors/error-of-issues.ts';

/**
 * Gives a schema its public name, a description and an example. The example is put together from the examples of the fields unless one is given.
 *
 * @param id name in the generated documents; unique
 * @param description one sentence
 * @param schema the schema
 * @param example a value that the schema accepts
 * @returns the named schema
 */
export function define<Schema extends z.ZodType>(id: string, description: string, schema: Schema, example?: z.input<Schema>): Schema {
  return schema.meta({ id, description, examples: [example ?? exampleOf(schema)] });
}

/**
 * Makes a closed set of words.
 *
 * @param id name in the generated documents; unique
 * @param description one sentence
 * @param members the words
 * @returns the named schema
 */
export function words<const Words extends readonly [string, ...string[]]>(id: string, description: string, members: Words) {
  return z.enum(members, { error: mustBe(`one of ${members.join(', ')}`) }).meta({ id, description, examples: [members[0]] });
}

/**
 * Puts together an example of a schema from the examples of its parts.
 *
 * @param schema any schema of this package
 * @returns a value that the schema accepts as input
 * @throws Error for a part that has no example and whose kind gives none
 */
export function exampleOf(schema: z.core.$ZodType): unknown {
  const meta = z.globalRegistry.get(schema);
  if (Array.isArray(meta?.examples) && meta.examples.length > 0) return meta.examples[0];
  return meta?.example ?? exampleOfKind(schema);
}

function exampleOfKind(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodObject) {
    return Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, exampleOf(field)]));
  }
  if (schema instanceof z.ZodArray) return [exampleOf(schema.element)];
  if (schema instanceof z.ZodTuple) return schema.def.items.map(exampleOf);
  if (schema instanceof z.ZodRecord) return { [String(exampleOf(schema.keyType))]: exampleOf(schema.valueType) };
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) return exampleOf(firstOf(schema.options));
  if (schema instanceof z.ZodEnum) return firstOf(schema.options);
  if (schema instanceof z.ZodLiteral) return firstOf([...schema.values]);
  if (schema instanceof z.ZodPipe) return exampleOf(schema.in);
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNull) return null;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return exampleOf(schema.unwrap());
  throw new Error(`a schema of kind ${schema._zod.def.type} needs an example of its own`);
}

function firstOf<Item>(items: readonly Item[]): Item {
  const [first] = items;
  if (first === undefined) throw new Error('a set without members has no example');
  return first;
}
