/** True when the provider's token tells of a second factor in words that the configuration lets count; without such words never. */
export function showsSecondFactor(claims: Record<string, unknown>, counted: readonly string[]): boolean {
  const amr: unknown = claims['amr']
  const told: unknown[] = [claims['acr'], ...(Array.isArray(amr) ? amr : [])]
  return counted.length > 0 && told.some((word) => typeof word === 'string' && counted.includes(word))
}
