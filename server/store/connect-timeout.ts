const usualMs = 3_000

/**
 * How long a connection to the store may take to come about, ms: as its address says by `connect_timeout`, in whole seconds as
 * libpq has it, else `otherwise`. What is no such number does not count, 0 neither: nothing here waits for ever.
 */
export function connectTimeoutMs(url: string, otherwise = usualMs): number {
  if (!URL.canParse(url)) return otherwise
  const said = new URL(url).searchParams.get('connect_timeout') ?? ''
  return /^[1-9]\d{0,3}$/.test(said) ? Number(said) * 1_000 : otherwise
}
