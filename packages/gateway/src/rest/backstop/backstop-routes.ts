/** Routes about backstop, fund, deleveraging and debt notes. */
import type { Route } from '../route.ts';
import { readDebtNotes, repayDebtNote } from './debt-notes.ts';
import { readDeleveragings } from './deleveragings.ts';
import { readFund, readFundHistory, readFundMoves } from './fund.ts';
import { readBackstop, readBackstopCapacity } from './read-backstop.ts';
import { updateBackstop } from './update-backstop.ts';

/** All of them. */
export const BACKSTOP_ROUTES: readonly Route[] = [
  readBackstop,
  updateBackstop,
  readBackstopCapacity,
  readFund,
  readFundHistory,
  readFundMoves,
  readDeleveragings,
  readDebtNotes,
  repayDebtNote,
];
