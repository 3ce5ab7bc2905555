declare const brand: unique symbol;

/**
 * A number that carries its unit in its type. Erased at run time. TypeScript still allows `ticks + lots`, so units
 * are combined only by the named functions of this package.
 */
export type Brand<Name extends string> = number & { readonly [brand]: Name };
