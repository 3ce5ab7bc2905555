/** Answers about prediction markets. */
import { z } from 'zod';
import { bool, dec, int, orNull, str } from './answer-scalars.ts';
import { define } from './define.ts';
import * as laterEnums from './later-enums.ts';
import { NaiveDateTime } from './scalars.ts';

const ResolutionCondition = define(
  'ResolutionCondition',
  'What makes a prediction come true.',
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('Outcome'), outcome: str('Outcome.', 'yes') }),
    z.strictObject({
      type: z.literal('QuantityRange'),
      greaterThanOrEqual: orNull(dec('Lower bound.')),
      lessThan: orNull(dec('Upper bound.')),
    }),
    z.strictObject({ type: z.literal('StrikePrice'), condition: laterEnums.StrikePriceCondition }),
  ]),
);

/** A topic of predictions. */
export const Tag = define(
  'Tag',
  'A topic of predictions.',
  z.strictObject({
    slug: str('Slug.', 'sol-above-200'),
    title: str('Title.', 'SOL above 200'),
  }),
);
/** A topic of predictions. */
export type Tag = z.infer<typeof Tag>;

/** A series of predictions. */
export const Series = define(
  'Series',
  'A series of predictions.',
  z.strictObject({
    slug: str('Slug.', 'sol-above-200'),
    title: str('Title.', 'SOL above 200'),
    recurrence: orNull(laterEnums.SeriesRecurrence),
  }),
);
/** A series of predictions. */
export type Series = z.infer<typeof Series>;

/** How a prediction was resolved. */
export const Resolution = define(
  'Resolution',
  'How a prediction was resolved.',
  z.strictObject({
    resolved: bool('Resolved.'),
    startDate: NaiveDateTime.describe('Start date.'),
    endDate: orNull(NaiveDateTime.describe('End date.')),
    strikePrice: orNull(dec('Strike price.')),
    closePrice: orNull(dec('Close price.')),
    resolutionSourceEventIdentifier: orNull(str('Resolution source event identifier.', 'text')),
    resolutionSource: orNull(laterEnums.ResolutionSource),
    outcome: orNull(str('Outcome.', 'yes')),
  }),
);
/** How a prediction was resolved. */
export type Resolution = z.infer<typeof Resolution>;

/** A market on one outcome. */
export const PredictionMarket = define(
  'PredictionMarket',
  'A market on one outcome.',
  z.strictObject({
    marketSymbol: str('Market that it belongs to.', 'SOL_USDC_PERP'),
    question: str('Question.', 'text'),
    groupLabel: orNull(str('Group label.', 'text')),
    yesOutcomeLabel: str('Yes outcome label.', 'text'),
    noOutcomeLabel: str('No outcome label.', 'text'),
    rules: str('Rules.', 'text'),
    resolvedAt: orNull(NaiveDateTime.describe('Resolved at.')),
    resolutionPrice: orNull(dec('Resolution price.')),
    activePrice: dec('Active price.'),
    quoteVolume: dec('Volume in the quote asset.'),
    quoteVolumeLifetime: dec('Quote volume lifetime.'),
    imgUrl: orNull(str('Address of a picture.', 'text')),
    resolutionCondition: orNull(ResolutionCondition),
    proposedResolution: orNull(bool('Proposed resolution.')),
    proposedResolutionAt: orNull(NaiveDateTime.describe('Proposed resolution at.')),
    resolutionDelaySecs: int('Seconds between proposal and resolution.', 1),
  }),
);
/** A market on one outcome. */
export type PredictionMarket = z.infer<typeof PredictionMarket>;

/** An event with its prediction markets. */
export const PredictionEvent = define(
  'Event',
  'An event with its prediction markets.',
  z.strictObject({
    slug: str('Slug.', 'sol-above-200'),
    title: str('Title.', 'SOL above 200'),
    predictionMarkets: z.array(PredictionMarket),
    tags: z.array(Tag),
    series: z.array(Series),
    description: str('Description.', 'text'),
    imgUrl: orNull(str('Address of a picture.', 'text')),
    quoteVolume: dec('Volume in the quote asset.'),
    resolution: Resolution,
    resolved: bool('Resolved.'),
    resolutionDelaySecs: int('Seconds between proposal and resolution.', 1),
  }),
);
/** An event with its prediction markets. */
export type PredictionEvent = z.infer<typeof PredictionEvent>;
