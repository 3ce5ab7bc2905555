export { backstopCharge, type ChargedPart, chargeOfTaken, takerOfCharge } from './backstop-charge.ts';
export { borrowRateUp, lendRateDown, RATE_SCALE, type RateCurve, utilizationUp } from './borrow-rate.ts';
export { clamp } from './clamp.ts';
export { type CollateralWeight, collateralValue, collateralWeight, weightInverseSqrt } from './collateral.ts';
export {
  type ConfigFault,
  checkCollateralWeight,
  checkFeeTiers,
  checkMarginFunctions,
  checkNotionalBound,
  checkPremiumBound,
  checkRateCurve,
  type FeeTier,
} from './config-checks.ts';
export {
  type DeficitPrice,
  deficitPrice,
  deleveragingRank,
  deleveragingScore,
  type RankedPosition,
} from './deleveraging.ts';
export { divBigDown, divBigUp } from './divide-big.ts';
export {
  averagePriceDown,
  averagePriceTicks,
  breakEvenTicks,
  netCostAfterFill,
  realisedPnl,
} from './entry-price.ts';
export { type BookLevel, estimateFill, type FillEstimate } from './estimate-fill.ts';
export { ewmaNext, ewmaWeightFiveMinutes, ewmaWeightHour } from './ewma.ts';
export { netExposureLots } from './exposure.ts';
export {
  FUNDING_CAP_PPB,
  FUNDING_FLOOR_PPB,
  fundingCredit,
  fundingPaymentDown,
  fundingPaymentUp,
  fundingRate,
  meanPremiumE12,
  premiumE12,
} from './funding.ts';
export {
  equityAvailable,
  type Health,
  isLiquidatable,
  LIQUIDATION_END_RATIO,
  liquidationEnd,
  lowersRisk,
  marginFraction,
  marginRatio,
} from './health.ts';
export { indexPrice } from './index-price.ts';
export { accrueIndexDown, accrueIndexUp, interestUp, scaleIndexDown } from './interest.ts';
export { type Exposed, feeRoom, isBackstopDue, liquidationFeePpm, sliceSize } from './liquidation-slice.ts';
export { imf, type MarginFunction, mmf } from './margin-function.ts';
export { median, median3, weightedMedian } from './median.ts';
export { openOrderLoss, perpAskLoss, perpBidLoss } from './open-order-loss.ts';
export { fillPnl, positionPnl } from './perp-pnl.ts';
export { followRedemptionRate, isRedemptionTrusted } from './redemption-rate.ts';
export { roundHalfEven, roundToTicks } from './round.ts';
export { shareOut } from './share-out.ts';
export { stepLimit } from './step-limit.ts';
export { takingTicks } from './taking-ticks.ts';
export { tradeFee } from './trade-fee.ts';
