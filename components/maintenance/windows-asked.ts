/** What the page of maintenance asks for. */
export const windowsAsked = { isAll: true, limit: 50 } as const
