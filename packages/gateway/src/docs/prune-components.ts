/** Leaves in a document only the schemas that something in it refers to, under their plain names. */

const REFERENCE_START = '#/components/schemas/';
/** What the library appends to the names of schemas of requests. */
const REQUEST_SUFFIX = 'Input';

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

/**
 * Takes the suffix off the names of request schemas, wherever the plain name is free or means the very same.
 *
 * @param document an OpenAPI document without unused schemas
 * @returns the document with plain names
 */
export function plainNames<Document extends object>(document: Document): Document {
  if (!hasComponents(document)) return document;
  const schemas = document.components?.schemas ?? {};
  const renamed = new Set(Object.keys(schemas).filter((name) => isPlainNameFree(schemas, name)));
  const plainOf = (name: string) => (renamed.has(name) ? name.slice(0, -REQUEST_SUFFIX.length) : name);
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, child]) => [
      key,
      isReference(key, child) ? REFERENCE_START + plainOf(nameOf(child)) : rewrite(child),
    ]);
    return Object.fromEntries(entries);
  };
  const plain = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [plainOf(name), rewrite(schema)]));
  const parts = Object.entries(document).map(([key, value]) => [
    key,
    key === 'components' ? { ...document.components, schemas: plain } : rewrite(value),
  ]);
  return Object.assign({ ...document }, Object.fromEntries(parts));
}

function isPlainNameFree(schemas: Readonly<Record<string, unknown>>, name: string): boolean {
  if (!name.endsWith(REQUEST_SUFFIX)) return false;
  const plain = schemas[name.slice(0, -REQUEST_SUFFIX.length)];
  return plain === undefined || JSON.stringify(plain) === JSON.stringify(schemas[name]);
}

function isReference(key: string, value: unknown): value is string {
  return key === '$ref' && typeof value === 'string' && value.startsWith(REFERENCE_START);
}

function nameOf(reference: string): string {
  return reference.slice(REFERENCE_START.length);
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
