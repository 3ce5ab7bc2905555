import { describe, expect, it } from 'vitest';
import { plainNames, pruneComponents } from './prune-components.ts';

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

describe('plainNames', () => {
  it('takes the suffix off where the plain name is free or the same, and keeps it otherwise', () => {
    const document = {
      paths: { '/a': [reference('OrderInput'), reference('SideInput'), reference('PairInput'), reference('Pair')] },
      components: {
        schemas: {
          OrderInput: { side: reference('SideInput') },
          Side: { enum: [1] },
          SideInput: { enum: [1] },
          Pair: { a: 1 },
          PairInput: { a: 2 },
        },
      },
    };
    expect(plainNames(document)).toEqual({
      paths: { '/a': [reference('Order'), reference('Side'), reference('PairInput'), reference('Pair')] },
      components: { schemas: { Order: { side: reference('Side') }, Side: { enum: [1] }, Pair: { a: 1 }, PairInput: { a: 2 } } },
    });
  });
});
