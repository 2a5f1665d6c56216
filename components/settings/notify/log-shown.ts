/** What of the delivery log the page shows. */
export const logShown: { limit: number } = { limit: 50 }
