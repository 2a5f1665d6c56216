/** Where a key takes the cursor; null where the key is not for it. */
export function keyPoint(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  point: number,
  points: number,
): number | null {
  const step = shiftKey ? 10 : 1
  const leap = Math.max(1, Math.round(points / 10))
  const next = {
    ArrowLeft: point - step,
    ArrowRight: point + step,
    PageUp: point + leap,
    PageDown: point - leap,
    Home: 0,
    End: points - 1,
  }[key]
  return next === undefined ? null : Math.min(Math.max(next, 0), points - 1)
}
