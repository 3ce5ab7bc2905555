import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleOf } from './define.ts';

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

async function allSchemas(): Promise<[string, z.ZodType][]> {
  const found: [string, z.ZodType][] = [];
  for (const file of files) {
    const members: Record<string, unknown> = await import(`../schemas/${file}.ts`);
    for (const [name, member] of Object.entries(members)) if (member instanceof z.ZodType) found.push([`${file} ${name}`, member]);
  }
  return found;
}

const schemas = await allSchemas();

describe('every schema', () => {
  it('is found', () => {
    expect(schemas.length).toBeGreaterThan(170);
  });

  it.each(schemas)('%s accepts its own example', (_name, schema) => {
    const parsed = schema.safeParse(exampleOf(schema));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });

  it.each(schemas)('%s can be written as JSON schema', (_name, schema) => {
    expect(z.toJSONSchema(schema, { io: 'input' })).toHaveProperty('$schema');
  });

  it('has a description where it has a public name', () => {
    for (const [name, schema] of schemas) {
      const meta = z.globalRegistry.get(schema);
      if (meta?.id !== undefined) expect(meta.description, name).toMatch(/\.$/);
    }
  });
});
