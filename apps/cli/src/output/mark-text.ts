/** The story of a mark: what each source said, then one line for each layer with its arithmetic. */
import type { MarkExplanation, MarkSource } from '@mochila/sdk';
import type { Paint } from './paint.ts';
import { type Column, writeFacts, writeTable } from './table.ts';

/** Writes how a mark came about, for people. */
export function markText(explained: MarkExplanation, paint: Paint): string {
  const { symbol, markPrice, grade, sources } = explained;
  const good = grade === 'Good' ? paint.good : paint.bad;
  return [
    `${paint.strong(symbol)}  mark ${paint.strong(markPrice ?? 'none yet')}  ${good(grade.toLowerCase())}${stateText(explained)}`,
    '',
    writeTable(sources, sourceColumns(paint), paint, 'No source has spoken of it.'),
    '',
    writeFacts(layerFacts(explained), paint),
  ].join('\n');
}

function stateText({ orderBookState, isReduceOnly, isLimitOnly }: MarkExplanation): string {
  const why = isLimitOnly ? ' (step and range conflict)' : '';
  return `  ${orderBookState}${why}${isReduceOnly ? ', reduce-only' : ''}`;
}

function sourceColumns(paint: Paint): Column<MarkSource>[] {
  return [
    { title: 'source', value: ({ source, quote }) => `${source} (${quote})` },
    { title: 'bid', value: ({ bid }) => bid, isNumber: true },
    { title: 'ask', value: ({ ask }) => ask, isNumber: true },
    { title: 'last', value: ({ last }) => last, isNumber: true },
    { title: 'in USD', value: ({ price }) => price, isNumber: true },
    { title: 'counts as', value: ({ clamped }) => clamped ?? '-', isNumber: true },
    { title: 'weight', value: ({ weight }) => weight, isNumber: true },
    { title: 'age', value: ({ ageMs }) => `${(ageMs / 1000).toFixed(1)} s`, isNumber: true },
    { title: '', value: ({ isFresh }) => (isFresh ? paint.good('fresh') : paint.bad('stale')) },
  ];
}

type Fact = readonly [name: string, value: string];

function layerFacts(explained: MarkExplanation): Fact[] {
  return [
    ['index', indexText(explained)],
    ...(explained.marketType === 'PERP' ? premiumFacts(explained) : []),
    [explained.marketType === 'PERP' ? '3 step' : 'step', stepText(explained)],
    [explained.marketType === 'PERP' ? '4 mark' : 'mark', markLine(explained)],
    ['stable price', explained.stablePrice ?? 'none yet'],
  ];
}

function indexText({ indexPrice, freshSources, freshSourcesMin, clampFraction, median, redemption }: MarkExplanation): string {
  if (indexPrice === null) return 'none yet';
  if (redemption !== null) {
    const { rate, listedRate, underlying, underlyingIndex, bookDiscount } = redemption;
    const following = rate === listedRate ? '' : `, on its way to ${listedRate} by 1 % an hour`;
    const haircut = bookDiscount === '0' ? '' : `; its own book trades lower, so new risk counts it ${percent(bookDiscount)} less`;
    return `${indexPrice}  ${rate} ${underlying} at ${underlyingIndex ?? 'no price'}${following}${haircut}`;
  }
  if (freshSources < freshSourcesMin) return `${indexPrice}  held: ${freshSources} fresh sources, it takes ${freshSourcesMin}`;
  return `${indexPrice}  mean of ${freshSources} fresh sources, each within ${percent(clampFraction)} of their median ${median ?? 'none'}`;
}

function premiumFacts({ layer1, ewma, mid, isMidCounted, impactNotional, layer2, premiumBound, isClamped }: MarkExplanation): Fact[] {
  const counted = isMidCounted
    ? `mid ${mid ?? 'none'} counts`
    : `mid ${mid ?? 'none'} does not count: it takes ${impactNotional} USD on both sides`;
  return [
    ['1 premium', `${layer1 ?? 'none yet'}  index + ${ewma}, the five-minute average of mid - index; ${counted}`],
    ['2 range', `${layer2 ?? 'none yet'}  within ${percent(premiumBound)} of the index; ${isClamped ? 'held there' : 'not bound'}`],
  ];
}

function stepText({ layer3, markBefore, stepPerSecond, seconds, isStepBound, rule }: MarkExplanation): string {
  if (rule !== 'Stepped') return `${layer3 ?? 'none yet'}  no step: ${RULES[rule]}`;
  const bound = isStepBound ? 'bound: it goes on next second' : 'not bound';
  return `${layer3 ?? 'none yet'}  from ${markBefore ?? 'none'} by at most ${percent(stepPerSecond)} a second, ${seconds} s; ${bound}`;
}

const RULES: Readonly<Record<Exclude<MarkExplanation['rule'], 'Stepped'>, string>> = {
  First: 'the first mark is the index',
  Index: 'the book is post-only, so the mark is the index',
  LastTrade: 'this venue runs without price layers: the mark is the last trade',
  Held: 'the index is stale, so the last mark is held and the market is reduce-only',
};

function markLine({ markPrice, rule }: MarkExplanation): string {
  return `${markPrice ?? 'none yet'}  ${rule === 'Held' ? 'held' : 'in whole ticks'}`;
}

function percent(fraction: string): string {
  return `${Number((Number(fraction) * 100).toFixed(4))} %`;
}
