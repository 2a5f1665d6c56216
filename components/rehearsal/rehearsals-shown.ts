/** How many rehearsals the page of backups lists: the page is made with them at hand. */
export const rehearsalsShown = 8
