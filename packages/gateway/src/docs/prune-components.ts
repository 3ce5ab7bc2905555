/** Leaves in a document only the schemas that something in it refers to. */

const REFERENCE_START = '#/components/schemas/';

type WithComponents = { components?: { schemas?: Record<string, unknown> } };

/**
 * Drops unused schemas: the library puts every schema it knows into every document, in two forms.
 *
 * @param document an OpenAPI document
 * @returns the document with used schemas only
 */
export function pruneComponents<Document extends object>(document: Document): Document {
  if (!hasComponents(document)) return document;
  const { components, ...rest } = document;
  const schemas = components?.schemas ?? {};
  const used = new Set<string>();
  const waiting = referencesIn(rest);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    waiting.push(...referencesIn(schemas[name]));
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}

function hasComponents(document: object): document is WithComponents & object {
  return 'components' in document;
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' && child.startsWith(REFERENCE_START)
      ? [child.slice(REFERENCE_START.length)]
      : referencesIn(child),
  );
}
