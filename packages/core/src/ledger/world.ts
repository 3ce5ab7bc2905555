/** The sides of a frame that are no account: custody, the outside world, and clearing, the open settlement epoch. */
import { assert, assertSafe } from '@mochila/units';
import type { State } from '../state.ts';
import { pay } from './pay.ts';
import { receive } from './receive.ts';

/** Credits an account with what came from outside. The caller checked {@link roomForCredit}. @param mode - bits of ReceiveMode. */
export function creditFromWorld(state: State, account: number, asset: number, atoms: number, mode: number, source: number): void {
  const entry = state.assets[asset]!;
  entry.custodyAtoms += BigInt(atoms);
  entry.frameNet = assertSafe(entry.frameNet - atoms);
  entry.frameCash = assertSafe(entry.frameCash - atoms);
  receive(state, account, asset, atoms, mode, source);
}

/** Debits an account of what goes outside. The caller checked that it is covered and may leave. @param policy - bits of PayPolicy. */
export function debitToWorld(state: State, account: number, asset: number, atoms: number, policy: number, source: number): void {
  const entry = state.assets[asset]!;
  entry.custodyAtoms -= BigInt(atoms);
  entry.frameNet = assertSafe(entry.frameNet + atoms);
  entry.frameCash = assertSafe(entry.frameCash + atoms);
  const shortfall = pay(state, account, asset, atoms, policy, source);
  assert(shortfall === 0, 'what leaves the venue is covered');
  assert(entry.custodyAtoms >= 0n, 'INV-02: no more leaves than came in');
}

/** Moves the clearing counter of the open epoch, in USDC atoms: up when accounts paid more than was given, down when less. */
export function moveClearing(state: State, atoms: number): void {
  assert(state.scratch.isFrameOpen, 'money moves only inside a frame');
  const usdc = state.assets[state.usdc]!;
  usdc.clearingAtoms = assertSafe(usdc.clearingAtoms + atoms);
  usdc.frameNet = assertSafe(usdc.frameNet + atoms);
  usdc.isClearingMoved = true;
  state.scratch.isMoneyMoved = true;
}
