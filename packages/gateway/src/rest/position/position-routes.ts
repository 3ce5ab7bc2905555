/** Routes about positions. */
import type { Route } from '../route.ts';
import { readPositions } from './read-positions.ts';

/** All of them. */
export const POSITION_ROUTES: readonly Route[] = [readPositions];
