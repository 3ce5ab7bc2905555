import { childOf, type Node, textOf, walk } from './node.ts';
import type { SourceRule } from './rule.ts';
import { isBesideTheCode } from './source.ts';

const UNITS = new Set(
  [
    'Ticks Lots Atoms Shares Ppm Ppb Bps UnixMicros Epoch Seq',
    'UserIx AccountIx AssetIx MarketIx KeyIx RowIx OrderId OrderSlot TradeId',
  ].flatMap((names) => names.split(' ')),
);

/** A unit is put on a number only in `units`. */
export const unitCast: SourceRule = {
  name: 'unit-cast',
  appliesTo: (path) => !path.startsWith('packages/units/'),
  check(source, report) {
    walk(source.root, (node) => {
      if (node.type !== 'TSAsExpression' && node.type !== 'TSTypeAssertion') return;
      const name = textOf(childOf(childOf(node, 'typeAnnotation'), 'typeName'), 'name') ?? '';
      if (UNITS.has(name)) report(node.start, `no "as ${name}" outside units: make it by the function of units that checks it`);
    });
  },
};

/** A cast through unknown, any or never silences the checker. */
export const doubleCast: SourceRule = {
  name: 'double-cast',
  appliesTo: (path) => !isBesideTheCode(path),
  check(source, report) {
    walk(source.root, (node) => {
      if (node.type !== 'TSAsExpression') return;
      const isThrough =
        isOpen(childOf(childOf(node, 'expression'), 'typeAnnotation')) && childOf(node, 'expression')?.type === 'TSAsExpression';
      if (isThrough || childOf(node, 'typeAnnotation')?.type === 'TSNeverKeyword')
        report(node.start, 'no cast that silences the checker: parse or guard');
    });
  },
};

function isOpen(type: Node | undefined): boolean {
  return type !== undefined && ['TSUnknownKeyword', 'TSAnyKeyword', 'TSNeverKeyword'].includes(type.type);
}
