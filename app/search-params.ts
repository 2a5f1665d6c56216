/** What Next tells a page of its address after the question mark. */
export type SearchParams = Record<string, string | string[] | undefined>

/** The same as the browser has it; of a repeated name the first counts, as there. */
export function toQuery(given: SearchParams): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) query.set(name, first)
  }
  return query
}
