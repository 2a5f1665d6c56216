/** Room at the left for the names of values: the same in all charts, so that their times stand above each other; px. */
export const axisWidth = 64

/** At the right, so that the last time can be read; px. */
export const rightRoom = 14

/** At the top, for the heads of marks; px. */
export const topRoom = 10
