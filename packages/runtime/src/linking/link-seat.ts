/** Where a linked script finds what it needs: a name on the global object while it begins. */
export const LINK_SEAT = '__mochilaLink';
