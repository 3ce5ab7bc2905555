/** A module that cannot be linked. */
export const waited = await Promise.resolve(true);
