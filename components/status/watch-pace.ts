/** How often a page of those who watch looks, ms. */
export const lookEveryMs = 5_000
