import type { ChartMark } from './place-marks.ts'

/** The head of a mark in a square of 8: shape tells the weight as well as colour does. */
export const markShapes = {
  critical: 'M0 0h8L4 8Z',
  warning: 'M0 1h8L4 8Z',
  act: 'M4 0l4 4-4 4-4-4Z',
  info: 'M4 1a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
} as const satisfies Record<ChartMark['weight'], string>
