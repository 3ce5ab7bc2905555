import { describe, expect, it } from 'vitest';
import { pruneComponents } from './prune-components.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('pruneComponents', () => {
  it('keeps what is referred to, near and far, and survives circles', () => {
    const document = {
      paths: { '/a': { get: { schema: reference('A') } } },
      components: {
        securitySchemes: { key: {} },
        schemas: { A: { items: [reference('B')] }, B: { self: reference('B'), up: reference('A') }, C: { other: reference('A') } },
      },
    };
    expect(pruneComponents(document)).toEqual({
      paths: document.paths,
      components: { securitySchemes: { key: {} }, schemas: { A: document.components.schemas.A, B: document.components.schemas.B } },
    });
  });

  it('leaves a document without components alone', () => {
    expect(pruneComponents({ paths: {} })).toEqual({ paths: {} });
  });
});
