/** A plan is what holds now; while its sheet is open it is made anew, ms. */
export const lookAgainMs = 5_000
